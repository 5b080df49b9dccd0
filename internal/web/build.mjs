// build: makes everything that a browser is served from.
//
//   node internal/web/build.mjs            one build, minified, with brotli and gzip copies
//   node internal/web/build.mjs --watch    builds again when a file changes; readable, with source maps, no copies
//   node internal/web/build.mjs --meta     also prints the compressed bytes of each page and what they are made of
//   node internal/web/build.mjs --budget   also fails when a page is above its budget
//
// In: pages internal/web/{learner,staff}/NAME.tsx (each calls mount), NAME.css beside them, internal/web/ui/*.css, icons.json.
// Out, in internal/web/dist (never committed): assets/NAME-HASH.{js,css,woff2,svg} and .br/.gz copies of text, favicon.svg,
// favicon.ico, worker.js, and manifest.json:
//   { "pages": { "learner/home": { "js": "/assets/…", "css": ["/assets/…"], "imports": ["/assets/…"] } },
//     "files": { "app.css": "/assets/…", "sprite.svg": "/assets/…", "latin.woff2": "/assets/…" } }
// imports are the shared chunks, for modulepreload; files are what a document without script needs.
import { createHash } from 'node:crypto'
import { constants, brotliCompressSync, gzipSync } from 'node:zlib'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, watch, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import { makeFonts } from './fonts.mjs'
import { makeMarks } from './mark.mjs'

const web = dirname(fileURLToPath(import.meta.url))
const root = resolve(web, '../..')
const dist = join(web, 'dist')
const assets = join(dist, 'assets')
const flags = new Set(process.argv.slice(2))
const watching = flags.has('--watch')
const folders = ['learner', 'staff', 'ui']
const target = ['chrome109', 'safari15.4', 'firefox115']

/** Budgets of interface.md §1.2 in bytes, brotli, everything a first visit to the page loads of that type. */
const budget = { learner: 45_000, staff: 60_000, ui: 60_000, css: 12_000 }

const layerOf = { 'reset.css': 'reset', 'tokens.css': 'tokens', 'fonts.css': 'tokens', 'base.css': 'base' }

function hashed(name, data) {
  const dot = name.lastIndexOf('.')
  const hash = createHash('sha256').update(data).digest('base64url').replaceAll(/[-_]/g, '').slice(0, 8)
  return `${name.slice(0, dot)}-${hash}${name.slice(dot)}`
}

/** sprite makes one SVG of the icons named in ui/icons.json, out of Lucide's files (ISC). */
function sprite() {
  const names = JSON.parse(readFileSync(join(web, 'ui/icons.json'), 'utf8'))
  const symbols = Object.entries(names).map(([ours, theirs]) => {
    const file = join(root, 'node_modules/lucide-static/icons', `${theirs}.svg`)
    if (!existsSync(file)) throw new Error(`icons.json: "${ours}" asks for "${theirs}", which Lucide does not have`)
    const inner = readFileSync(file, 'utf8').replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replaceAll(/\s*\n\s*/g, '').replaceAll(' />', '/>')
    return `<symbol id="${ours}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide icons, ISC licence, https://lucide.dev -->${symbols.join('')}</svg>`
}

/** pages finds the page modules by file name. */
function pages() {
  const found = []
  for (const folder of folders) {
    const dir = join(web, folder)
    if (!existsSync(dir)) continue
    for (const file of readdirSync(dir).sort()) {
      if (/^[a-z0-9_]+\.tsx$/.test(file) && /\bmount\(/.test(readFileSync(join(dir, file), 'utf8'))) found.push(`${folder}/${basename(file, '.tsx')}`)
    }
  }
  return found
}

/** layered makes one style sheet of files, each in its cascade layer. */
function layered(files) {
  const lines = ['@layer reset, tokens, base, ui, page;']
  for (const [file, layer] of files) lines.push(`@import ${JSON.stringify(file)} layer(${layer});`)
  return lines.join('\n')
}

const fontPlugin = (fonts) => ({
  name: 'font',
  setup(build) {
    build.onResolve({ filter: /^font:/ }, (args) => {
      const path = fonts[args.path.slice('font:'.length)]
      return path ? { path } : { errors: [{ text: `no font named ${args.path}; see fonts.mjs` }] }
    })
  },
})

async function css(fonts, found) {
  const ui = readdirSync(join(web, 'ui')).filter((f) => f.endsWith('.css')).sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1))
  const sheets = { 'app.css': ui.map((f) => [`./ui/${f}`, layerOf[f] ?? 'ui']) }
  for (const page of found) if (existsSync(join(web, `${page}.css`))) sheets[`${page.replace('/', '-')}.css`] = [[`./${page}.css`, 'page']]
  // A document's sheet stands beside its template.
  for (const file of readdirSync(web)) if (file.endsWith('.css')) sheets[file] = [[`./${file}`, 'page']]
  const made = {}
  for (const [name, files] of Object.entries(sheets)) {
    const out = await esbuild.build({
      stdin: { contents: layered(files), resolveDir: web, loader: 'css', sourcefile: `sheet of ${name}` },
      bundle: true, write: false, minify: !watching, target, outdir: assets, publicPath: '/assets', assetNames: '[name]-[hash]',
      loader: { '.woff2': 'file', '.svg': 'file' }, plugins: [fontPlugin(fonts)], logLevel: 'warning', external: ['/assets/*'],
    })
    for (const file of out.outputFiles) {
      const isSheet = file.path.endsWith('.css')
      const to = isSheet ? hashed(name, file.contents) : basename(file.path)
      writeFileSync(join(assets, to), file.contents)
      made[isSheet ? name : to.replace(/-[A-Z0-9]{8}(?=\.)/, '')] = `/assets/${to}`
    }
  }
  return made
}

const order = (file) => { const i = ['reset.css', 'tokens.css', 'fonts.css', 'base.css'].indexOf(file); return i < 0 ? 9 : i }

/** compress writes .br and .gz beside every text file, so that the server never compresses a static file itself. */
function compress() {
  let n = 0
  for (const file of readdirSync(assets)) {
    if (!/\.(js|css|svg)$/.test(file)) continue
    const data = readFileSync(join(assets, file))
    writeFileSync(join(assets, `${file}.br`), brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length } }))
    writeFileSync(join(assets, `${file}.gz`), gzipSync(data, { level: 9 }))
    n++
  }
  return n
}

/** checkWords refuses a page whose literal catalogue keys are in no catalogue file. */
function checkWords() {
  const known = new Set()
  const files = []
  const walk = (dir) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name)
      if (entry.isDirectory()) { if (entry.name !== 'dist') walk(path) }
      else if (entry.name.endsWith('.en.json')) for (const key of Object.keys(JSON.parse(readFileSync(path, 'utf8')))) known.add(key)
      else if (/\.tsx?$/.test(entry.name) && !/\.(test|gen)\.tsx?$/.test(entry.name)) files.push(path)
    }
  }
  walk(web)
  walk(join(root, 'internal/phrase'))
  const missing = []
  for (const file of files) {
    for (const [, key] of readFileSync(file, 'utf8').matchAll(/\b(?:t|rich)\(\s*['"]([a-z0-9_.]+)['"]/g)) {
      if (!known.has(key)) missing.push(`${relative(root, file)}: no words for "${key}"`)
    }
  }
  return missing
}

function report(manifest, meta) {
  const bytes = (url) => { const f = join(dist, url.slice(1)); return statSync(existsSync(`${f}.br`) ? `${f}.br` : f).size }
  const over = []
  console.log('compressed bytes a page, brotli (script = page and its shared chunks)')
  for (const [page, { js, css: sheets, imports }] of Object.entries(manifest.pages)) {
    const script = [js, ...imports].reduce((n, u) => n + bytes(u), 0)
    const style = sheets.reduce((n, u) => n + bytes(u), 0)
    const most = budget[page.split('/')[0]]
    console.log(`  ${page.padEnd(24)} script ${String(script).padStart(6)} of ${most}   style ${String(style).padStart(6)} of ${budget.css}`)
    if (script > most) over.push(`${page}: script is ${script} bytes, the budget is ${most}`)
    if (style > budget.css) over.push(`${page}: style is ${style} bytes, the budget is ${budget.css}`)
  }
  for (const [name, url] of Object.entries(manifest.files)) console.log(`  ${name.padEnd(24)} ${bytes(url)}`)
  if (meta && flags.has('--meta')) console.log(esbuild.analyzeMetafileSync(meta, { color: false }).split('\n').slice(0, 60).join('\n'))
  return over
}

async function build() {
  const start = performance.now()
  mkdirSync(dist, { recursive: true })
  rmSync(assets, { recursive: true, force: true })
  mkdirSync(assets, { recursive: true })

  const temml = join(root, 'internal/doc/temml')
  mkdirSync(temml, { recursive: true })
  cpSync(join(root, 'node_modules/temml/dist/temml.cjs'), join(temml, 'temml.cjs'))

  const fonts = await makeFonts(root)
  const icons = sprite()
  const spriteName = hashed('sprite.svg', icons)
  writeFileSync(join(assets, spriteName), icons)
  makeMarks(dist)

  const found = pages()
  const styles = await css(fonts, found)
  const manifest = { pages: {}, files: { 'sprite.svg': `/assets/${spriteName}`, ...styles } }
  for (const name of Object.keys(styles)) if (/^(learner|staff)-/.test(name)) delete manifest.files[name]
  let meta
  if (found.length > 0) {
    const out = await esbuild.build({
      entryPoints: found.map((p) => ({ in: join(web, `${p}.tsx`), out: p.replace('/', '-') })),
      bundle: true, splitting: true, format: 'esm', target, minify: !watching, sourcemap: watching ? 'inline' : false,
      outdir: assets, entryNames: '[name]-[hash]', chunkNames: 'shared-[hash]', publicPath: '/assets',
      jsx: 'automatic', jsxImportSource: 'preact', metafile: true, logLevel: 'warning', legalComments: 'none', charset: 'utf8',
      define: { SPRITE: JSON.stringify(`/assets/${spriteName}`) },
    })
    meta = out.metafile
    for (const [path, info] of Object.entries(meta.outputs)) {
      if (!info.entryPoint) continue
      const page = relative(web, resolve(root, info.entryPoint)).replace(/\.tsx$/, '').replaceAll('\\', '/')
      const seen = new Set()
      const follow = (of) => { for (const i of of.imports) if (i.kind === 'import-statement' && !seen.has(i.path)) { seen.add(i.path); follow(meta.outputs[i.path]) } }
      follow(info)
      const own = styles[`${page.replace('/', '-')}.css`]
      manifest.pages[page] = { js: `/assets/${basename(path)}`, css: own ? [styles['app.css'], own] : [styles['app.css']], imports: [...seen].map((p) => `/assets/${basename(p)}`) }
    }
  }
  // The page /away has a script of its own, and the worker that shows it stands at the root, where it may speak for every page.
  const alone = { bundle: true, write: false, format: 'iife', target, minify: !watching, logLevel: 'warning', charset: 'utf8' }
  const [awayScript] = (await esbuild.build({ ...alone, entryPoints: [join(web, 'lib/away.ts')] })).outputFiles
  const awayName = hashed('away.js', awayScript.contents)
  writeFileSync(join(assets, awayName), awayScript.contents)
  manifest.files['away.js'] = `/assets/${awayName}`
  const BUILD = createHash('sha256').update(JSON.stringify(manifest.files)).digest('hex').slice(0, 12)
  writeFileSync(join(dist, 'worker.js'), (await esbuild.build({ ...alone, entryPoints: [join(web, 'lib/worker.ts')], define: { BUILD: JSON.stringify(BUILD) } })).outputFiles[0].contents)
  if (!watching) compress()
  writeFileSync(join(dist, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
  console.log(`web: ${found.length} pages, ${readdirSync(assets).length} files in internal/web/dist, ${((performance.now() - start) / 1000).toFixed(1)} s`)

  const wrong = checkWords()
  if (!watching && (flags.has('--meta') || flags.has('--budget'))) { const over = report(manifest, meta); if (flags.has('--budget')) wrong.push(...over) }
  for (const line of wrong) console.error(`web: ${line}`)
  return wrong.length === 0
}

process.chdir(root)
if (!watching) {
  process.exitCode = (await build()) ? 0 : 1
} else {
  const again = async () => { try { await build() } catch (err) { console.error(`web: ${err.message}`) } }
  await again()
  let timer
  const soon = (_, file) => { if (file && /\.(tsx?|css|json)$/.test(file)) { clearTimeout(timer); timer = setTimeout(again, 60) } }
  for (const folder of ['ui', 'lib', ...folders]) if (existsSync(join(web, folder))) watch(join(web, folder), soon)
  console.log('web: watching; stop with Ctrl-C')
}
