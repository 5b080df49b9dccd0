// author: a teacher writes a question in at most six interactions beyond typing, and a learner answers it.
//
//   node tests/author.mjs        opens the demo school (bin/kith); KITH_DB puts it on PostgreSQL
//
// An interaction is a tap, a click or the Tab key; typing is none. Then the question is changed after it was answered: the page
// says who is affected, the answers are judged again, and the learner's word for the skill moves with them.
// Plain output: "ok N what", then "author: N ok". The first failure photographs both pages and ends with 1.
import { resolve } from 'node:path'
import { hands, must, stage, view } from './walk/stage.mjs'

const { kith, person, ok, end } = await stage(resolve(import.meta.dirname, '..'), 'author')

let teacher, amina, cls, skill, before
const question = /has (\d+) bags with (\d+) marbles/

await ok('a question in at most six interactions beyond typing, drawn anew for each learner', async () => {
  teacher = await person('teacher', kith.link('Mr Okafor'), { width: 1366, height: 900 })
  await teacher.getByText('Before class').first().waitFor()
  cls = /\/class\/([0-9a-f-]{36})\/today/.exec(teacher.url())[1]
  await teacher.goto(`${kith.base}/class/${cls}/units`)
  const write = teacher.getByRole('link', { name: /write a question: Find an unknown in one or two steps/ })
  skill = /author\/([0-9a-f-]{36})/.exec(await write.getAttribute('href'))[1]
  const does = hands(teacher)
  await does.tap(write)
  await teacher.waitForURL('**/author/**')
  await teacher.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
  await does.type('Naledi has 3 bags with 4 marbles each. How many marbles has she?')
  await does.tap(teacher.getByLabel('The answer'))
  await does.type('12 marbles')
  await does.tap(teacher.getByRole('button', { name: /^3: draw it/ }))
  await does.tap(teacher.getByRole('button', { name: /^4: draw it/ }))
  await teacher.locator('.author-other').nth(1).waitFor()
  const shown = await teacher.locator('.author-preview').innerText()
  must((shown.match(new RegExp(question, 'g')) ?? []).length === 3, `three variants: ${shown}`)
  must(await teacher.getByLabel(/How the answer follows/).inputValue() === 'a*b', 'the answer follows as a*b')
  await does.tap(teacher.getByRole('button', { name: 'Publish' }))
  await teacher.waitForURL('**/preview/skill/**')
  await teacher.getByText(question).first().waitFor()
  console.log(`  ${does.n} interactions beyond typing`)
  must(does.n <= 6, `${does.n} interactions`)
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
