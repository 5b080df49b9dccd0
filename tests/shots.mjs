// shots: photographs every story at phone and desktop width, light and dark, into shots/.
//
//   node tests/shots.mjs [BASE] [PAGE[/N]…]     BASE as http://…; without it the stories are served from internal/web/dist
import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start } from './browser.mjs'
import { serve, stories } from './stories.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const given = process.argv.slice(2)
const base = given.find((a) => a.startsWith('http'))
const only = given.filter((a) => !a.startsWith('http'))
const looks = [
  { name: 'phone', width: 360, height: 740, query: 'theme=light' },
  { name: 'desk', width: 1366, height: 768, query: 'theme=light' },
  { name: 'dark', width: 1366, height: 768, query: 'theme=dark' },
  { name: 'phone-dark', width: 360, height: 740, query: 'theme=dark' },
  { name: 'rtl', width: 1366, height: 768, query: 'locale=ar-XB&dir=rtl' },
]

const out = join(root, 'shots')
mkdirSync(out, { recursive: true })
const own = base ? null : await serve()
const browser = await start({ reducedMotion: 'reduce', deviceScaleFactor: 1 })
const page = await browser.context.newPage()
let n = 0
for (const story of stories()) {
  const name = `${story.page}/${story.n}`
  if (only.length > 0 && !only.includes(name) && !only.includes(story.page)) continue
  for (const look of looks) {
    await page.setViewportSize({ width: look.width, height: look.height })
    await page.goto(`${base ?? own.base}/stories/${name}?${look.query}`, { waitUntil: 'load' })
    await page.waitForFunction(() => document.querySelector('#app')?.childElementCount > 0)
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(out, `${name.replaceAll('/', '-')}-${look.name}.png`), fullPage: true })
    n++
  }
}
await browser.close()
await own?.close()
console.log(`shots: ${n} pictures in ${out}`)
