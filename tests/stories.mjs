// stories: serves every page in every state it has a story for, from internal/web/dist, without Go and without a
// database. node tests/stories.mjs [PORT] serves by itself; gates.mjs and shots.mjs start it when no address is given.
//
//   /stories                                     the list
//   /stories/learner/home/0?theme=dark&dir=rtl&locale=en-XA&age=young
//   /stories/tick                                every open story that follows live changes loads its view anew
//
// A story is one entry of internal/web/FOLDER/PAGE.story.json:
//   {"name": "first day", "view": {…}, "locale"?, "dir"?, "theme"?, "age"?, "page"?: {further fields of the page block},
//    "reads"?: {what is typed: how the school would read it}}
import { createServer } from 'node:http'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { english, inLocale } from './words.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'internal/web/dist')
const types = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json', '.ico': 'image/x-icon', '.png': 'image/png' }

/** policy is the content security policy that the product sends. */
export const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** stories lists {page, n, name, story} of every story file. */
export function stories() {
  const list = []
  for (const folder of ['learner', 'staff', 'ui']) {
    const dir = join(root, 'internal/web', folder)
    if (!existsSync(dir)) continue
    for (const file of readdirSync(dir).sort()) {
      if (!file.endsWith('.story.json')) continue
      const page = `${folder}/${file.slice(0, -'.story.json'.length)}`
      JSON.parse(readFileSync(join(dir, file), 'utf8')).forEach((story, n) => list.push({ page, n, name: story.name, story }))
    }
  }
  return list
}

const frames = {
  learner: { tabs: [{ name: 'home', href: '/home', icon: 'home' }, { name: 'skills', href: '/skills', icon: 'skills' }, { name: 'plan', href: '/plan', icon: 'plan' }, { name: 'me', href: '/me', icon: 'me' }], hand: { path: '/api/v1/hand', state: '' }, out: '/signout' },
  staff: { tabs: [{ name: 'today', href: '/today', icon: 'today' }, { name: 'now', href: '/now', icon: 'now' }, { name: 'inbox', href: '/inbox', icon: 'inbox', count: 3 }, { name: 'units', href: '/units', icon: 'units' }, { name: 'people', href: '/people', icon: 'people' }], out: '/signout' },
}

const island = (id, data) => `<script type="application/json" id="${id}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`

/** shared are the words that every page is given beside its own: the list stands in package web, and only there. */
function shared() {
  const list = /prefixes := append\(\[\]string\{name \+ "\.", ([^}]*)\}/.exec(readFileSync(join(root, 'internal/web/page.go'), 'utf8'))
  if (!list) throw new Error('stories: internal/web/page.go does not say any more which words every page is given')
  return JSON.parse(`[${list[1]}]`)
}

/** besides are the words that a page asks for where it is registered. */
function besides(page) {
  const dir = join(root, 'internal/web', page.split('/')[0])
  const go = readdirSync(dir).filter((f) => f.endsWith('.go')).map((f) => readFileSync(join(dir, f), 'utf8')).join('\n')
  const [folder, name] = page.split('/')
  const list = new RegExp(`Script: "${page}".*Words: \\[\\]string\\{([^}]*)\\}`).exec(go)
    ?? (go.includes(`", "${name}", "`) ? new RegExp(`Script: "${folder}/" \\+ name.*Words: \\[\\]string\\{([^}]*)\\}`).exec(go) : null)
  return list ? JSON.parse(`[${list[1]}]`) : page === 'ui/typed' ? ['slip.'] : []
}

function block(page, n, story, query) {
  const locale = query.get('locale') || story.locale || 'en'
  const dir = query.get('dir') || story.dir || (locale.startsWith('ar') ? 'rtl' : 'ltr')
  const staff = page.startsWith('staff')
  return {
    view: story.view, revs: { story: 1 }, self: `/stories/${page}/${n}.json?${query}`, at: story.at ?? Date.UTC(2026, 10, 24, 10, 10), zone: 'Europe/London', locale, dir,
    me: { id: staff ? 't1' : 'l1', name: staff ? 'Ms Okafor' : 'Amina Guerra', role: staff ? 'teacher' : 'learner' },
    frame: { here: page.split('/')[1], ...frames[staff ? 'staff' : 'learner'] }, ...story.page,
  }
}

function document(page, n, story, query) {
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'))
  const files = manifest.pages[page]
  if (!files) return null
  const data = block(page, n, story, query)
  const { locale, dir } = data
  const theme = query.get('theme') || story.theme || ''
  const age = query.get('age') || story.age || ''
  const prefixes = [`${page.split('/')[1]}.`, ...shared(), ...besides(page)]
  const words = Object.fromEntries(Object.entries(english(root)).filter(([key]) => prefixes.some((p) => key.startsWith(p))).map(([key, message]) => [key, inLocale(message, locale)]))
  return `<!doctype html>
<html lang="${locale}" dir="${dir}"${theme ? ` data-theme="${theme}"` : ''}${age ? ` data-age="${age}"` : ''}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>${page} · Kith</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="preload" as="font" type="font/woff2" href="${manifest.files['latin.woff2']}" crossorigin>
${files.css.map((f) => `<link rel="stylesheet" href="${f}">`).join('\n')}
${files.imports.map((f) => `<link rel="modulepreload" href="${f}">`).join('\n')}
<script type="module" src="${files.js}"></script></head>
<body><div id="app"></div>${island('page', data)}${island('words', words)}</body></html>`
}

function list() {
  const rows = stories().map((s) => `<li><a href="/stories/${s.page}/${s.n}">${s.page} ${s.n}: ${s.name}</a></li>`).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stories</title></head><body><main><h1>Stories</h1><ol>${rows}</ol></main></body></html>`
}

const streams = new Set()

function listen(response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Security-Policy': policy })
  response.write(': here\n\n')
  streams.add(response)
  response.on('close', () => streams.delete(response))
}

/** read answers as the school would for what a story says is typed in it; for anything else the school is away. */
async function read(request, send) {
  let body = ''
  for await (const part of request) body += part
  const { text } = JSON.parse(body)
  const known = stories().find((s) => s.story.reads?.[text])
  return known ? send(200, 'application/json', JSON.stringify(known.story.reads[text])) : send(204, 'application/json') // says nothing, as a school that is away
}

/** tick makes every page that follows changes load its view anew, as after a gap in the real stream. */
function tick() {
  for (const stream of streams) stream.write('event: resync\ndata: {}\n\n')
}

function answer(request, response) {
  const url = new URL(request.url, 'http://localhost')
  const send = (status, type, body) => response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' }).end(body)
  const told = /^\/stories\/([a-z]+\/[a-z0-9_]+)\/(\d+)(\.json)?$/.exec(url.pathname)
  if (url.pathname === '/api/v1/live') return listen(response)
  if (url.pathname === '/api/v1/watch-bringing') { response.writeHead(204, { 'Content-Security-Policy': policy }); return response.end() } // it goes on for good
  if (url.pathname === '/api/v1/read-answer') return read(request, send)
  if (url.pathname === '/stories/tick') { tick(); return send(204, 'text/plain') }
  if (url.pathname === '/stories') return send(200, 'text/html; charset=utf-8', list())
  if (told) {
    const found = stories().find((s) => s.page === told[1] && s.n === Number(told[2]))
    if (found && told[3]) return send(200, 'application/json', JSON.stringify(block(found.page, found.n, found.story, url.searchParams)))
    const html = found && document(found.page, found.n, found.story, url.searchParams)
    return html ? send(200, 'text/html; charset=utf-8', html) : send(404, 'text/plain', `no story ${url.pathname}, or its page is not built`)
  }
  const file = join(dist, url.pathname)
  if (request.method === 'GET' && file.startsWith(dist) && types[extname(file)] && existsSync(file)) return send(200, types[extname(file)], readFileSync(file))
  return send(404, 'application/problem+json', JSON.stringify({ status: 404, kind: 'not_found', say: { code: 'ui.error.unknown' } }))
}

/** serve answers on a port (0: any) and returns {base, close}. */
export async function serve(port = 0) {
  const server = createServer(answer)
  await new Promise((done) => server.listen(port, '127.0.0.1', done))
  return { base: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done) }) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { base } = await serve(Number(process.argv[2] ?? 8090))
  console.log(`stories: ${base}/stories; stop with Ctrl-C`)
}
