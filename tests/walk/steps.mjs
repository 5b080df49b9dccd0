// steps: what the short walks have in common: a school of their own, people with a page each, and steps that are told plainly. The first
// that fails photographs every page and ends the walk with 1.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { launch } from '../browser.mjs'
import { school } from './school.mjs'

/** walk opens the demo school (bin/kith; KITH_DB puts it on PostgreSQL) for the walk of that name; timeout is a page's, in ms. */
export async function walk(name, timeout) {
  const root = resolve(import.meta.dirname, '../..')
  const kith = await school(root)
  const browser = await launch()
  const pages = {}
  let n = 0

  async function tab(who, context, url) {
    const page = await context.newPage()
    page.setDefaultTimeout(timeout)
    page.on('pageerror', (e) => { page.broke = e.message })
    pages[who] = page
    await page.goto(url)
    return page
  }
  const person = async (who, url, viewport) => tab(who, await browser.newContext({ viewport, reducedMotion: 'reduce' }), url)

  async function end(code) {
    await browser.close().catch(() => {})
    await kith.stop()
    console.log(`${name}: ${code ? n - 1 : n} ok${code ? ', and then not' : ''}`)
    process.exit(code)
  }

  async function ok(what, step) {
    n++
    try {
      await step()
      for (const [who, page] of Object.entries(pages)) if (page.broke) throw new Error(`${who}'s page says: ${page.broke}`)
      console.log(`ok ${n} ${what}`)
    } catch (e) {
      console.log(`not ok ${n} ${what}\n  ${String(e.stack ?? e).split('\n').slice(0, 8).join('\n  ')}`)
      mkdirSync(join(root, 'shots', name), { recursive: true })
      for (const [who, page] of Object.entries(pages)) await page.screenshot({ path: join(root, `shots/${name}/${n}-${who}.png`), fullPage: true }).then(() => console.log(`  ${who} at ${page.url()}`), () => {})
      await end(1)
    }
  }

  return { kith, browser, pages, tab, person, ok, end }
}

export const must = (is, what) => { if (!is) throw new Error(what) }

/** soon is must for what a page draws a moment after it was asked to: is may be false at first, for five seconds at most. */
export async function soon(is, what) {
  for (let tries = 0; tries < 50; tries++) {
    if (await is()) return
    await new Promise((done) => { setTimeout(done, 100) })
  }
  throw new Error(what)
}

/** view is the view model of a page, as the signed-in person gets it. */
export const view = (page, path) => page.evaluate(async (p) => (await (await fetch(`/api/v1/page${p}`)).json()).view, path)
