// kinds: a teacher writes one simple question of each kind in at most six interactions beyond typing, tries it as a learner would,
// and publishes it; a learner answers it, or hears that it waits for their teacher.
//
//   node tests/kinds.mjs        opens the demo school (bin/kith); KITH_DB puts it on PostgreSQL
//
// Interactions are counted as tests/author.mjs counts them, the link that opens the page among them, and choosing from a list as
// two; a file that the device offers is one. To try a question is counted apart: nobody has to.
// Plain output: "ok N what (n interactions)", then "kinds: N ok". The first failure photographs both pages and ends with 1.
import { resolve } from 'node:path'
import { untilAsked } from './walk/learner.mjs'
import { act, hands, must, stage, view } from './walk/stage.mjs'

const { kith, person, ok, end } = await stage(resolve(import.meta.dirname, '..'), 'kinds')

const teacher = await person('teacher', kith.link('Mr Okafor'), { width: 1280, height: 1000 })
await teacher.getByText('Before class').first().waitFor()
const cls = /\/class\/([0-9a-f-]{36})\/today/.exec(teacher.url())[1]
await teacher.goto(`${kith.base}/class/${cls}/units`)
const skill = /author\/([0-9a-f-]{36})/.exec(await teacher.getByRole('link', { name: /write a question: Find an unknown in one or two steps/ }).getAttribute('href'))[1]
const learner = (name) => person(name, kith.link(name), { width: 390, height: 844 }, { hasTouch: true })
const amina = await learner('Amina Haddad')
const does = hands(teacher)
const kindList = teacher.getByLabel('Kind of answer')
const answer = teacher.getByLabel('The answer')

/** picture is a drawing in a file, as a device has one. */
const picture = { name: 'bike.png', mimeType: 'image/png', buffer: await teacher.screenshot({ clip: { x: 0, y: 0, width: 800, height: 600 } }) }

const right = (page) => page.locator('.answer')
/** put moves things one by one to where they belong: what, and the place of it. */
const put = async (page, pairs) => {
  for (const [thing, place] of pairs) {
    await right(page).locator('.tray .thing', { hasText: thing }).first().click()
    await right(page).locator('.prompt, .group', { hasText: place }).first().locator('.slot').click()
  }
}
/** order moves each thing up to its place by the keyboard. */
const order = async (page, things) => {
  for (const [at, thing] of things.entries()) {
    const one = right(page).locator('.thing', { hasText: thing }).first()
    await one.focus()
    for (let i = 0; i < things.length; i++) {
      const now = (await right(page).locator('ol.inorder .thing .words').allInnerTexts()).findIndex((s) => s.includes(thing))
      if (now <= at) break
      await page.keyboard.press('ArrowUp')
      await page.waitForTimeout(30)
    }
  }
  const asis = right(page).locator('ol.inorder ~ div button')
  if (await asis.count() > 0) await asis.click()
}
const box = (text) => (page) => right(page).locator('input.box, math-field, input.input, textarea').first().fill(text)

/** kinds are what is written, what is not typed of it, and how it is answered; what waits, by somebody else each: of one learner only one
 * answer waits in an evening. */
const kinds = [
  { kind: 'ordering', text: 'Smallest first: one quarter, one half, three quarters.', answer: '1. one quarter\n2. one half\n3. three quarters', give: (page) => order(page, ['one quarter', 'one half', 'three quarters']) },
  { kind: 'matching', text: 'Match each sum.', answer: '1 + 1 -> two\n1 + 3 -> four', give: (page) => put(page, [['two', '1 + 1'], ['four', '1 + 3']]) },
  { kind: 'sorting', text: 'Even or odd?', answer: 'two -> even\nthree -> odd\nfour -> even', give: (page) => put(page, [['two', 'even'], ['three', 'odd'], ['four', 'even']]) },
  {
    kind: 'hotspot', text: 'Where is the valve?', give: (page) => right(page).getByText('the valve').click(), write: async () => {
      await does.file(teacher.getByText('Places on a picture').locator('input'), picture)
      await teacher.getByLabel('What the picture shows').waitFor()
      await teacher.waitForFunction(() => document.activeElement?.matches('.field input[type=text]'))
      await does.type('A bike from the side.')
      const board = teacher.locator('.spots.areas')
      await board.locator('img').waitFor()
      await teacher.waitForFunction(() => document.querySelector('.areas img')?.complete)
      await does.drag(board, [.1, .1], [.3, .4])
      await does.type('the valve')
      await does.drag(board, [.6, .5], [.9, .9])
      await does.type('the wheel')
    },
  },
  { kind: 'numberline', text: 'Where is 3/4?', answer: '3/4', choose: 'numberline', give: box('3/4') },
  { kind: 'plane', text: 'Where is the point three to the right and two down?', answer: '(3, −2)', give: box('(3, -2)') },
  { kind: 'interval', text: 'All numbers from minus two up to, but not with, five.', answer: '[−2, 5)', give: box('[-2, 5)') },
  { kind: 'short', text: 'What are two ratios that make the same taste?', answer: 'equivalent ratio', give: box('an equal ratio'), waits: 'Layla Rahimi' },
  { kind: 'long', text: 'Why does twice as much of both taste the same?', answer: 'Says why: not there yet | says it | says it and why', give: box('Because both grow alike.'), waits: 'Viktor Petrov' },
  { kind: 'upload', text: 'Draw the double number line on paper.', choose: 'upload', give: (page) => page.locator('.answer input[type=file]').first().setInputFiles(picture), waits: 'Kwame Mensah' },
  {
    kind: 'number', what: 'a number with steps', text: 'Naledi has 3 bags with 4 marbles each and 2 more. How many has she?', answer: '14', give: box('14'), write: async () => {
      await does.tap(teacher.getByText('Hints and the worked way'))
      await does.tap(teacher.getByRole('button', { name: 'A hint', exact: true }))
      await teacher.waitForFunction(() => document.activeElement?.matches('.author-hint textarea'))
      await does.type('How many are in the bags?')
      await does.tap(teacher.getByLabel('Answer to hint 1'))
      await does.type('12')
    }, meets: async (page) => {
      await page.getByRole('button', { name: /hint/i }).first().click()
      await page.locator('.scaffold input.box').fill('12')
      await page.locator('.scaffold button[type=submit]').click()
      await page.locator('.scaffold-right').waitFor()
    },
  },
]

await ok('the course\'s own questions of the skill are taken down', async () => {
  const { items } = await view(teacher, `/class/${cls}/preview/skill/${skill}`)
  for (const i of items) must((await act(teacher, '/api/v1/withdraw-item', { class: cls, item: i.asked.item, evidence: 'keep' })).status === 200, `taking down ${i.asked.item}`)
})

/** met is what a learner does with a question once it is published. */
const met = async (k) => {
  const of = k.waits ? await learner(k.waits) : amina
  await of.goto(`${kith.base}/practice/${skill}?go_on=true`)
  await untilAsked(of, k.text.slice(0, 20))
  if (k.kind === 'hotspot') must(await of.locator('.spots img').evaluate((i) => i.decode().then(() => i.naturalWidth > 0)), 'the learner sees the picture')
  await k.meets?.(of)
  await k.give(of)
  await of.locator('form button.primary[type=submit]').first().click()
  await of.locator(k.waits ? '.verdict.saved' : '.verdict.right').first().waitFor()
  return null
}

// While a learner answers one, the teacher writes the next; only then is the one before taken down.
let last = ''
let answering = Promise.resolve(null)
const answered = async () => { const e = await answering; if (e) throw e }
for (const k of kinds) {
  await ok(`${k.what ?? k.kind}: written, tried, published`, async () => {
    does.begin()
    await teacher.goto(`${kith.base}/class/${cls}/author/${skill}`)
    await teacher.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
    await does.type(k.text)
    if (k.answer) { await does.tap(answer.or(teacher.getByLabel('What you will look for'))); await does.type(k.answer) }
    if (k.choose) await does.choose(kindList, k.choose)
    await k.write?.()
    const n = does.n + 2 // the link to the page, and Publish
    console.log(`  ${n} interactions beyond typing`)
    must(n <= 6, `${n} interactions`)
    const tried = teacher.locator('.author-try')
    await tried.getByText(k.text.slice(0, 20)).first().waitFor()
    await teacher.waitForFunction((kind) => document.querySelector(`.author-try[data-kind="${kind}"]`) !== null, k.kind)
    await k.give({ locator: (s, o) => tried.locator(s, o), keyboard: teacher.keyboard, waitForTimeout: (ms) => teacher.waitForTimeout(ms) })
    await tried.getByRole('button', { name: 'Try it as a learner' }).click()
    await tried.locator(k.waits ? '.verdict.saved' : '.verdict.right').waitFor()
    await answered()
    if (last) must((await act(teacher, '/api/v1/withdraw-item', { class: cls, item: last, evidence: 'keep' })).status === 200, 'the one before is taken down')
    await teacher.getByRole('button', { name: 'Publish' }).click()
    await teacher.waitForURL('**/preview/skill/**')
    const { items } = await view(teacher, `/class/${cls}/preview/skill/${skill}`)
    must(items.length === 1, `${items.length} questions can be asked`)
    last = items[0].asked.item
    answering = met(k).catch((e) => new Error(`${k.kind}: ${e.stack ?? e}`))
  })
}

await ok('each was answered, and what waits stands among the answers to look at', async () => {
  await answered()
  await teacher.goto(`${kith.base}/class/${cls}/appeals`)
  for (const k of kinds.filter((x) => x.waits)) await teacher.getByText(k.text.slice(0, 20)).first().waitFor()
})

await end(0)
