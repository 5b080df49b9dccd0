// gates: what every page must pass in every state it has a story for.
//
//   node tests/gates.mjs [BASE] [PAGE[/N]…]     BASE as http://…; without it the stories are served from internal/web/dist
//
// For each story: axe without a violation on a desk, on a phone, in the dark and from right to left; no sideways scroll at
// 320 px; targets of 44 px for learners and 24 px for staff; every control reached by Tab with a focus that shows; focus
// kept through three live changes; no text that is not from a catalogue (a run in the pseudo-locale); no error on the
// console, no breach of the content security policy, no request to anywhere else. The last line counts; a finding makes
// the exit code 1. planted.mjs proves that these checks can see.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { start } from './browser.mjs'
import { serve, stories } from './stories.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** runAxe returns one line a violation. */
async function runAxe(page) {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `axe ${v.id}: ${n.target.join(' ')} ${n.failureSummary.split('\n')[1]?.trim() ?? ''}`))
  })
}

/* What follows runs inside the page and may use nothing from outside. */

function sideways() {
  const wide = document.scrollingElement.scrollWidth
  if (wide <= innerWidth) return []
  const inScroller = (el) => { for (let p = el.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden/.test(getComputedStyle(p).overflowX)) return true; return false }
  const who = [...document.querySelectorAll('body *')].filter((el) => { const r = el.getBoundingClientRect(); return r.width > 0 && (r.right > innerWidth + 1 || r.left < -1) && !inScroller(el) })
  return [`scrolls sideways at ${innerWidth} px (${wide} px): ${who.slice(0, 3).map((el) => `${el.tagName.toLowerCase()}.${el.className?.baseVal ?? el.className}`).join(', ')}`]
}

function targets(least) {
  const found = []
  for (const el of document.querySelectorAll('a[href], button, input, select, textarea, summary, [role="button"], [role="tab"], [role="gridcell"][tabindex]')) {
    const style = getComputedStyle(el)
    if (el.closest('.skip') || style.visibility === 'hidden' || el.type === 'hidden' || !el.checkVisibility()) continue
    // A link inside a sentence is as tall as its line (WCAG 2.5.8, exception "inline").
    if (el.tagName === 'A' && style.display === 'inline' && el.parentElement.textContent.trim() !== el.textContent.trim()) continue
    const box = (el.matches('input[type="radio"], input[type="checkbox"]') && el.closest('label')) || el
    const { width, height } = box.getBoundingClientRect()
    if (width < least - 0.5 || height < least - 0.5) found.push(`target ${Math.round(width)} by ${Math.round(height)} px, at least ${least}: ${el.outerHTML.slice(0, 110)}`)
  }
  return found
}

function stray() {
  const copy = document.body.cloneNode(true)
  for (const el of copy.querySelectorAll('script, style, bdi, math, .doc, [data-own], time, svg title')) el.remove()
  const said = [copy.textContent]
  for (const el of copy.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) if (el.getAttribute(name)) said.push(el.getAttribute(name))
  }
  // Brackets nest: strip the innermost until none is left.
  return said.flatMap((text) => {
    let left = text
    for (let before = ''; before !== left;) { before = left; left = left.replaceAll(/⟦[^⟦⟧]*⟧/g, ' ') }
    return left.match(/\p{L}[\p{L}'’ ]+/gu) ?? []
  }).map((words) => `not from a catalogue: "${words.trim().slice(0, 60)}"`)
}

function controls() {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  const group = (el) => el.matches('input[type="radio"]') && el.name
  return all.filter((el) => el.tabIndex >= 0 && !el.disabled && !el.closest('fieldset:disabled') && el.checkVisibility({ visibilityProperty: true }) && el.type !== 'hidden')
    .filter((el) => !group(el) || el.checked || (!document.querySelector(`input[type="radio"][name="${CSS.escape(el.name)}"]:checked`) && document.querySelector(`input[type="radio"][name="${CSS.escape(el.name)}"]`) === el))
    .map((el, i) => { el.dataset.gate = String(i); return el.outerHTML.slice(0, 90) })
}

function focused() {
  const el = document.activeElement
  if (!el || el === document.body) return null
  const shows = (of) => { const s = getComputedStyle(of); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && s.outlineColor !== 'rgba(0, 0, 0, 0)' }
  const box = (el.matches('input') && el.closest('label')) || el
  // A group of radio buttons hands focus to any of its members.
  const id = el.dataset.gate ?? (el.matches('input[type="radio"]') ? document.querySelector(`input[name="${CSS.escape(el.name)}"][data-gate]`)?.dataset.gate : undefined)
  return { id, shows: shows(el) || shows(box), html: el.outerHTML.slice(0, 90) }
}

async function keyboard(page) {
  const wanted = await page.evaluate(controls)
  const reached = new Set()
  const found = []
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0) })
  for (let i = 0; i < wanted.length + 20 && reached.size < wanted.length; i++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(focused)
    if (!at) continue
    if (at.id !== undefined && !reached.has(at.id) && !at.shows) found.push(`focus does not show on ${at.html}`)
    if (at.id !== undefined) reached.add(at.id)
  }
  wanted.forEach((html, i) => { if (!reached.has(String(i))) found.push(`Tab does not reach ${html}`) })
  return found
}

/** Focus must be on the same element after three live changes: a page that is drawn anew must not throw its reader out. */
async function liveFocus(page) {
  const found = []
  const count = await page.evaluate(() => {
    globalThis.gateControls = [...document.querySelectorAll('main a[href], main button, main input, main select, main textarea, main summary, main [tabindex="0"]')].filter((el) => !el.disabled && el.checkVisibility())
    return globalThis.gateControls.length
  })
  for (const i of [...new Set([0, Math.floor(count / 2), count - 1])].filter((n) => n >= 0 && n < count)) {
    const before = await page.evaluate((n) => { const el = globalThis.gateControls[n]; el.focus(); return document.activeElement === el }, i)
    if (!before) continue
    for (let n = 0; n < 3; n++) {
      await page.evaluate(() => fetch('/stories/tick'))
      await page.waitForTimeout(60)
    }
    const after = await page.evaluate((n) => document.activeElement === globalThis.gateControls[n] || document.activeElement.outerHTML.slice(0, 90), i)
    if (after !== true) found.push(`focus is lost on a live change: it was on ${await page.evaluate((n) => globalThis.gateControls[n].outerHTML.slice(0, 90), i)}, is on ${after}`)
  }
  return found
}

/** gate runs every check on one story and returns its findings. */
export async function gate(page, at, least, ticks = false) {
  const found = new Map()
  const take = (mode, lines) => { for (const line of lines) found.set(line, [...(found.get(line) ?? []), mode]) }
  const heard = []
  const origin = new URL(at).origin
  const onConsole = (m) => { if (m.type() === 'error') heard.push(`console: ${m.text().slice(0, 200)}`) }
  const onError = (e) => heard.push(`page error: ${e.message.slice(0, 200)}`)
  const onRequest = (r) => { if (!r.url().startsWith(origin) && !/^(data|blob):/.test(r.url())) heard.push(`asks another place: ${r.url()}`) }
  page.on('console', onConsole)
  page.on('pageerror', onError)
  page.on('request', onRequest)
  const open = async (query, width, height) => {
    await page.setViewportSize({ width, height })
    const answer = await page.goto(`${at}?${query}`, { waitUntil: 'load' })
    if (!answer?.ok()) throw new Error(`${at} answered ${answer?.status()}`)
    await page.waitForFunction(() => document.querySelector('#app')?.childElementCount > 0 || document.querySelector('main'), null, { timeout: 30_000 })
    await page.evaluate(() => document.fonts.ready)
  }

  await open('theme=light', 1366, 768)
  take('desk', await runAxe(page))
  take('desk', await keyboard(page))
  if (ticks) take('live', await liveFocus(page))
  await page.evaluate(() => { document.documentElement.dataset.theme = 'dark' })
  take('dark', await runAxe(page))
  await page.evaluate(() => { document.documentElement.dataset.theme = 'light' })
  await page.setViewportSize({ width: 360, height: 740 })
  take('phone', await runAxe(page))
  take('phone', await page.evaluate(targets, least))
  take('phone', await page.evaluate(sideways))
  await page.setViewportSize({ width: 320, height: 640 })
  take('320 px', await page.evaluate(sideways))
  await open('locale=ar-XB&dir=rtl', 1366, 768)
  take('rtl', await runAxe(page))
  await page.setViewportSize({ width: 360, height: 740 })
  take('rtl phone', await page.evaluate(sideways))
  await open('locale=en-XA', 360, 740)
  take('pseudo', await page.evaluate(stray))
  take('pseudo', await page.evaluate(sideways))

  page.off('console', onConsole)
  page.off('pageerror', onError)
  page.off('request', onRequest)
  take('load', heard)
  return [...found].map(([line, modes]) => `${line} (${[...new Set(modes)].join(', ')})`)
}

async function main(given) {
  const base = given.find((a) => a.startsWith('http'))
  const only = given.filter((a) => !a.startsWith('http'))
  const own = base ? null : await serve()
  const browser = await start({ reducedMotion: 'reduce' })
  let passed = 0, failed = 0
  const left = stories().filter((story) => only.length === 0 || only.includes(`${story.page}/${story.n}`) || only.includes(story.page)).values()
  // Two pages take turns: one waits for the browser while the other asks it something.
  await Promise.all([1, 2].map(async () => {
    const page = await browser.context.newPage()
    for (const story of left) {
      const name = `${story.page}/${story.n}`
      let found
      try { found = await gate(page, `${base ?? own.base}/stories/${name}`, story.page.startsWith('staff') ? 24 : 44, !base) } catch (err) { found = [`could not be opened: ${err.message.split('\n')[0]}`] }
      console.log([`${found.length === 0 ? 'ok    ' : 'FAILED'} ${name} ${story.name}`, ...found.map((line) => `         ${line}`)].join('\n'))
      if (found.length === 0) passed++
      else failed++
    }
  }))
  await browser.close()
  await own?.close()
  console.log(`gates: ${passed} stories passed, ${failed} failed`)
  if (failed > 0 || passed === 0) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
