// stage: what walks share that are about a few people and one school: pages by name, steps that are counted and photographed where
// they fail, and the interactions of a person.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from '../browser.mjs'
import { school } from './school.mjs'

/** must throws unless something is so. */
export const must = (is, what) => { if (!is) throw new Error(what) }

/** view is what a page's address shows, as the school gives it. */
export const view = (page, path) => page.evaluate(async (p) => (await (await fetch(`/api/v1/page${p}`)).json()).view, path)

/** act does an act of the school as the person of a page, and gives what it answers. */
export const act = (page, path, body) => page.evaluate(async ({ path, body }) => { const r = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ op: crypto.randomUUID(), ...body }) }); return { status: r.status, body: await r.json() } }, { path, body })

/** stage opens the demo school for a walk: person opens a page, ok runs a step, end closes all and says the sum. */
export async function stage(root, name) {
  const kith = await school(root)
  const browser = await launch()
  const pages = {}
  let n = 0
  const person = async (who, url, viewport, more = {}) => {
    const page = await (await browser.newContext({ viewport, reducedMotion: 'reduce', ...more })).newPage()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (e) => { page.broke = e.message })
    pages[who] = page
    await page.goto(url)
    return page
  }
  const end = async (code) => {
    await browser.close().catch(() => {})
    await kith.stop()
    console.log(`${name}: ${code ? n - 1 : n} ok${code ? ', and then not' : ''}`)
    process.exit(code)
  }
  const shoot = async (what) => {
    mkdirSync(join(root, `shots/${name}`), { recursive: true })
    for (const [who, page] of Object.entries(pages)) await page.screenshot({ path: join(root, `shots/${name}/${what}-${who}.png`), fullPage: true }).then(() => console.log(`  ${who} at ${page.url()}`), () => {})
  }
  const ok = async (what, step) => {
    n++
    try {
      await step()
      for (const [who, page] of Object.entries(pages)) if (page.broke) throw new Error(`${who}'s page says: ${page.broke}`)
      console.log(`ok ${n} ${what}`)
    } catch (e) {
      console.log(`not ok ${n} ${what}\n  ${String(e.stack ?? e).split('\n').slice(0, 8).join('\n  ')}`)
      await shoot(n)
      await end(1)
    }
  }
  return { kith, person, ok, end, shoot }
}

/** hands counts a person's interactions beyond typing: a tap, a drag, a choice of a list (two: it opens, and closes), the Tab key. */
export function hands(page) {
  let n = 0
  return {
    get n() { return n },
    begin() { n = 0 },
    tap: async (at) => { n++; await at.click() },
    choose: async (at, value) => { n += 2; await at.selectOption(value) },
    file: async (at, file) => { n++; await at.setInputFiles(file) },
    drag: async (at, [x, y], [u, v]) => {
      n++
      const b = await at.boundingBox()
      await page.mouse.move(b.x + b.width * x, b.y + b.height * y)
      await page.mouse.down()
      await page.mouse.move(b.x + b.width * u, b.y + b.height * v, { steps: 4 })
      await page.mouse.up()
    },
    type: (text) => page.keyboard.insertText(text),
  }
}
