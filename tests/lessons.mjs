// lessons: a teacher changes a course's lesson, a learner who had begun meets the copy, and the teacher takes it down again.
//
//   node tests/lessons.mjs       opens the demo school (bin/kith); KITH_DB puts it on PostgreSQL
//
// Plain output: "ok N what", then "lessons: N ok". The first failure photographs the pages and ends with 1.
import { must, view, walk } from './walk/steps.mjs'

const { kith, pages, person, ok, end } = await walk('lessons', 20_000)

let teacher, amina, cls, was, copy, context

await ok('what is half written is there after a reload; a check is moved by keyboard and one is added', async () => {
  teacher = await person('teacher', kith.link('Mr Okafor'), { width: 1280, height: 900 })
  await teacher.getByText('Before class').first().waitFor()
  cls = /\/class\/([0-9a-f-]{36})\/today/.exec(teacher.url())[1]
  amina = await person('amina', kith.link('Amina Haddad'), { width: 390, height: 844 })
  await teacher.goto(`${kith.base}/class/${cls}/units`)
  const change = teacher.getByRole('link', { name: /change a copy of mine: “Cups on a balance”/ })
  was = /lesson\/([0-9a-f-]{36})/.exec(await change.getAttribute('href'))[1]
  await amina.goto(`${kith.base}/lesson/${was}`)
  const check = amina.locator('.lessoncheck').first()
  for (let k = 0; k < 8 && !(await check.isVisible()); k++) await amina.locator('.reading > .row button').first().click()
  await check.locator('.answer input.box:not(.whole)').first().fill('987')
  await check.locator('button[type=submit]').click()
  await check.locator('.verdict').first().waitFor()

  await change.click()
  await teacher.getByText('You change a copy of yours').waitFor()
  await teacher.getByLabel('Title').fill('Cups, in our words')
  const text = teacher.getByRole('textbox', { name: 'Text', exact: true })
  await text.fill(`One more paragraph: $a^2$ first.\n\n${await text.inputValue()}`)
  await teacher.locator('.lesson-shown math').first().waitFor()
  await teacher.getByText('Kept on this device').waitFor()
  await teacher.reload()
  await teacher.getByText('You left this half written').waitFor()
  must(await teacher.getByLabel('Title').inputValue() === 'Cups, in our words', 'the title came back')
  const first = await teacher.locator('.addlesson-check').first().getAttribute('data-check')
  const down = teacher.getByRole('button', { name: 'Ask check 1 later' })
  await down.focus()
  await teacher.keyboard.press('Enter')
  await teacher.waitForFunction((id) => document.querySelector('.addlesson-check').dataset.check !== id, first)
  must(await teacher.evaluate(() => document.activeElement.closest('[data-check]')?.dataset.check) === first, 'the focus stays on what was moved')
  await teacher.locator('.addlesson-checks summary').click()
  const n = await teacher.locator('.addlesson-check').count()
  await teacher.locator('.addlesson-other button').first().click()
  await teacher.waitForFunction((k) => document.querySelectorAll('.addlesson-check').length === k, n + 1)
})

await ok('the page says who is on it; the copy takes the place, and who had begun meets it with what they answered', async () => {
  const says = await teacher.locator('.lesson-says').innerText()
  must(/1|One learner/.test(says) && says.includes('One check is new') && says.includes('Other classes keep'), `it says: ${says}`)
  await teacher.getByRole('button', { name: 'Save my copy' }).click()
  await teacher.waitForURL('**/preview/lesson/**')
  copy = /preview\/lesson\/([0-9a-f-]{36})/.exec(teacher.url())[1]
  must(copy !== was, 'it is another lesson')
  await teacher.getByText('Cups, in our words').first().waitFor()
  await amina.goto(`${kith.base}/lesson/${was}`) // as her plan and her bookmark have it
  await amina.getByText('Cups, in our words').first().waitFor()
  await amina.getByText('Your teacher changed this lesson').waitFor()
  const page = await view(amina, `/lesson/${was}`)
  must(page.id === copy && page.checks.some((c) => c.outcome === 'not_yet'), `her answer is there: ${JSON.stringify(page.checks.map((c) => c.outcome))}`)
})

await ok('two tabs: the second reads what happened, keeps what it wrote, and says which one holds', async () => {
  context = teacher.context()
  const other = await context.newPage()
  pages.other = other
  await other.setViewportSize({ width: 360, height: 740 })
  await other.goto(`${kith.base}/class/${cls}/lesson/${copy}`)
  await teacher.getByRole('link', { name: 'Change this lesson' }).click()
  await teacher.getByLabel('About how many minutes?').fill('7')
  await teacher.getByRole('button', { name: 'Save the change' }).click()
  await teacher.waitForURL('**/preview/lesson/**')
  await other.getByLabel('Title').fill('Cups, from my phone')
  await other.getByRole('button', { name: 'Save the change' }).click()
  await other.getByText('changed meanwhile').first().waitFor()
  await other.getByRole('button', { name: 'Save mine in its place' }).click()
  await other.waitForURL('**/preview/lesson/**')
  const now = await view(teacher, `/class/${cls}/lesson/${copy}`)
  must(now.version === 3 && now.draft.title === 'Cups, from my phone', `it is version ${now.version}, ${now.draft.title}`)
})

await ok('it is taken down: a learner reads why, and it can be put back', async () => {
  await teacher.goto(`${kith.base}/class/${cls}/lesson/${copy}`)
  await teacher.getByRole('button', { name: 'Take it down' }).click()
  const dialog = teacher.getByRole('dialog')
  await dialog.getByText('One learner has begun').waitFor()
  await dialog.getByRole('button', { name: 'Take it down' }).click()
  await teacher.getByText('This lesson is taken down').waitFor()
  await amina.goto(`${kith.base}/lesson/${copy}`)
  await amina.getByText('What you did in it is safe').waitFor()
  await teacher.goto(`${kith.base}/class/${cls}/units`)
  await teacher.getByText('One lesson that you took down').click()
  await teacher.getByRole('button', { name: /^Put .* back/ }).click()
  await teacher.getByText('is there again').waitFor()
  await amina.goto(`${kith.base}/lesson/${copy}`)
  await amina.getByText('Cups, from my phone').first().waitFor()
})

await end(0)
