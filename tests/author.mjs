// author: a teacher writes a question in at most six interactions beyond typing, and a learner answers it.
//
//   node tests/author.mjs        opens the demo school (bin/kith); KITH_DB puts it on PostgreSQL
//
// An interaction is a tap, a click or the Tab key; typing is none. Then the question is changed after it was answered: the page
// says who is affected, the answers are judged again, and the learner's word for the skill moves with them.
// Plain output: "ok N what", then "author: N ok". The first failure photographs both pages and ends with 1.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { launch } from './browser.mjs'
import { school } from './walk/school.mjs'

const root = resolve(import.meta.dirname, '..')
const kith = await school(root)
const browser = await launch()
const pages = {}
let n = 0

async function person(name, url, viewport) {
  const page = await (await browser.newContext({ viewport, reducedMotion: 'reduce' })).newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (e) => { page.broke = e.message })
  pages[name] = page
  await page.goto(url)
  return page
}

async function end(code) {
  await browser.close().catch(() => {})
  await kith.stop()
  console.log(`author: ${code ? n - 1 : n} ok${code ? ', and then not' : ''}`)
  process.exit(code)
}

async function ok(what, step) {
  n++
  try {
    await step()
    for (const [name, page] of Object.entries(pages)) if (page.broke) throw new Error(`${name}'s page says: ${page.broke}`)
    console.log(`ok ${n} ${what}`)
  } catch (e) {
    console.log(`not ok ${n} ${what}\n  ${String(e.stack ?? e).split('\n').slice(0, 8).join('\n  ')}`)
    mkdirSync(join(root, 'shots/author'), { recursive: true })
    for (const [name, page] of Object.entries(pages)) await page.screenshot({ path: join(root, `shots/author/${n}-${name}.png`), fullPage: true }).then(() => console.log(`  ${name} at ${page.url()}`), () => {})
    await end(1)
  }
}

const must = (is, what) => { if (!is) throw new Error(what) }
const view = (page, path) => page.evaluate(async (p) => (await (await fetch(`/api/v1/page${p}`)).json()).view, path)

let taps = 0
const tap = async (at) => { taps++; await at.click() }
const type = (page, text) => page.keyboard.insertText(text)

let teacher, amina, cls, skill, before
const question = /has (\d+) bags with (\d+) marbles/

await ok('a question in at most six interactions beyond typing, drawn anew for each learner', async () => {
  teacher = await person('teacher', kith.link('Mr Okafor'), { width: 1366, height: 900 })
  await teacher.getByText('Before class').first().waitFor()
  cls = /\/class\/([0-9a-f-]{36})\/today/.exec(teacher.url())[1]
  await teacher.goto(`${kith.base}/class/${cls}/units`)
  const write = teacher.getByRole('link', { name: /write a question: Find an unknown in one or two steps/ })
  skill = /author\/([0-9a-f-]{36})/.exec(await write.getAttribute('href'))[1]
  await tap(write)
  await teacher.waitForURL('**/author/**')
  await teacher.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
  await type(teacher, 'Naledi has 3 bags with 4 marbles each. How many marbles has she?')
  await tap(teacher.getByLabel('The answer'))
  await type(teacher, '12 marbles')
  await tap(teacher.getByRole('button', { name: /^3: draw it/ }))
  await tap(teacher.getByRole('button', { name: /^4: draw it/ }))
  await teacher.locator('.author-other').nth(1).waitFor()
  const shown = await teacher.locator('.author-preview').innerText()
  must((shown.match(new RegExp(question, 'g')) ?? []).length === 3, `three variants: ${shown}`)
  must(await teacher.getByLabel(/How the answer follows/).inputValue() === 'a*b', 'the answer follows as a*b')
  await tap(teacher.getByRole('button', { name: 'Publish' }))
  await teacher.waitForURL('**/preview/skill/**')
  await teacher.getByText(question).first().waitFor()
  console.log(`  ${taps} interactions beyond typing`)
  must(taps <= 6, `${taps} interactions`)
})

/** answerUntilIt practices until the question comes, each other one three times with what is surely not right. */
async function answerUntilIt(page) {
  for (let i = 0; i < 20; i++) {
    const text = await page.locator('.asked').innerText()
    if (question.test(text)) return question.exec(text)
    const next = page.getByRole('button', { name: 'Next' })
    for (let k = 0; k < 3 && !(await next.isVisible()); k++) {
      const boxes = page.locator('.answer input.box:not(.whole)')
      for (let b = 0; b < await boxes.count(); b++) await boxes.nth(b).fill(String(987 + k))
      if (await boxes.count() === 0) await page.locator('.answer .option').nth(k % await page.locator('.answer .option').count()).click()
      await page.locator('form button.primary[type=submit]').click()
      await page.locator('.verdict').first().waitFor()
      await page.waitForFunction(() => !document.querySelector('form [aria-disabled]'))
    }
    await next.click()
    await page.waitForFunction((was) => document.querySelector('.asked')?.innerText !== was, text)
  }
  throw new Error('the question was not asked')
}

await ok('the course\'s own questions of the skill are taken down, each in one act', async () => {
  const { items } = await view(teacher, `/class/${cls}/preview/skill/${skill}`)
  const own = items.at(-1).asked.item // codes of one's own stand last
  const done = await teacher.evaluate(async ({ cls, others }) => {
    const said = []
    for (const item of others) said.push((await fetch('/api/v1/withdraw-item', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ op: crypto.randomUUID(), class: cls, item, evidence: 'keep' }) })).status)
    return said
  }, { cls, others: items.map((i) => i.asked.item).filter((id) => id !== own) })
  must(done.length > 3 && done.every((s) => s === 200), `taking down was answered with ${done}`)
  must((await view(teacher, `/class/${cls}/preview/skill/${skill}`)).items.length === 1, 'one question is left')
})

await ok('a learner meets it in practice, and their standing moves', async () => {
  amina = await person('amina', kith.link('Amina Haddad'), { width: 390, height: 844 })
  await amina.goto(`${kith.base}/practice/${skill}?go_on=true`)
  const [, a, b] = await answerUntilIt(amina)
  before = (await view(amina, `/practice/${skill}`)).skill
  await amina.waitForTimeout(6000) // what is answered faster than it can be read counts as a guess
  await amina.locator('.answer input.box').fill(String(a * b))
  await amina.locator('form button.primary[type=submit]').click()
  await amina.locator('.verdict.right').waitFor()
  const after = (await view(amina, `/practice/${skill}`)).skill
  must(JSON.stringify(after.dots) !== JSON.stringify(before.dots) && after.dots.at(-1) === 'right', `the dots were ${before.dots} and are ${after.dots}`)
})

await ok('what is half written is there again after the page was closed', async () => {
  await teacher.goto(`${kith.base}/class/${cls}/author/${skill}`)
  await teacher.getByLabel('What is asked').fill('Half a question')
  await teacher.getByText('Kept on this device').waitFor()
  await teacher.reload()
  await teacher.getByText('half written').first().waitFor()
  must(await teacher.getByLabel('What is asked').inputValue() === 'Half a question', 'the text came back')
  await teacher.getByRole('button', { name: 'Begin anew' }).click()
})

await ok('it is changed: the page says who is affected, and the answer is judged again', async () => {
  await teacher.goto(`${kith.base}/class/${cls}/preview/skill/${skill}`)
  const item = teacher.locator('.preview-item', { hasText: question })
  await item.locator('summary').click()
  await item.getByRole('link', { name: /Change question/ }).click()
  await teacher.waitForURL('**/author/**item=**')
  await teacher.getByLabel('The answer').fill('a+b')
  await teacher.getByText('11').first().waitFor({ state: 'attached' }).catch(() => {})
  await teacher.getByRole('button', { name: 'Publish the change' }).click()
  const dialog = teacher.getByRole('dialog')
  await dialog.getByText('1 learner has answered it').waitFor()
  await dialog.getByText('1 answer of 1 learner would be judged otherwise').waitFor()
  await dialog.getByLabel(/Judge them again/).check()
  await dialog.getByRole('button', { name: 'Publish the change' }).click()
  await teacher.waitForURL('**/preview/skill/**')
  const now = (await view(amina, `/practice/${skill}`)).skill
  must(now.dots.at(-1) === 'not_yet', `the dots are ${now.dots}`)
})

await end(0)
