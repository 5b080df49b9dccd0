// outline: a teacher changes a unit by mouse, by keys and on a phone; writes a question for a new skill; a learner meets it.
//
//   node tests/outline.mjs       opens the demo school (bin/kith); KITH_DB puts it on PostgreSQL
//
// Two tabs that change the same unit: the second keeps its draft and goes on with it. A unit is made from a title.
// Plain output: "ok N what", then "outline: N ok". The first failure photographs all pages and ends with 1.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { launch } from './browser.mjs'
import { school } from './walk/school.mjs'

const root = resolve(import.meta.dirname, '..')
const kith = await school(root)
const browser = await launch()
const pages = {}
let n = 0

async function tab(name, context, url) {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (e) => { page.broke = e.message })
  pages[name] = page
  await page.goto(url)
  return page
}
const person = async (name, url, viewport) => tab(name, await browser.newContext({ viewport, reducedMotion: 'reduce' }), url)

async function end(code) {
  await browser.close().catch(() => {})
  await kith.stop()
  console.log(`outline: ${code ? n - 1 : n} ok${code ? ', and then not' : ''}`)
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
    mkdirSync(join(root, 'shots/outline'), { recursive: true })
    for (const [name, page] of Object.entries(pages)) await page.screenshot({ path: join(root, `shots/outline/${n}-${name}.png`), fullPage: true }).then(() => console.log(`  ${name} at ${page.url()}`), () => {})
    await end(1)
  }
}

const must = (is, what) => { if (!is) throw new Error(what) }
const view = (page, path) => page.evaluate(async (p) => (await (await fetch(`/api/v1/page${p}`)).json()).view, path)
const names = (page, part) => page.locator('.outline-part').nth(part).locator('.outline-skills textarea').evaluateAll((all) => all.map((t) => t.value))
const headings = (page) => page.locator('.outline-name').evaluateAll((all) => all.map((t) => t.value))
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
const grip = (page, title) => page.getByRole('button', { name: `Move “${title}”`, exact: true })
const heard = (page) => page.locator('p.hear[role=status]').innerText()
const save = async (page) => { await page.getByRole('button', { name: 'Save the unit' }).click(); await page.getByText(/^Saved: /).first().waitFor(); await page.locator('.outline-save').waitFor({ state: 'detached' }) }

/** drag takes one thing by its grip to the middle of another line. */
async function drag(page, from, to) {
  await from.scrollIntoViewIfNeeded()
  const a = await from.boundingBox()
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2)
  await page.mouse.down()
  const b = await to.boundingBox()
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 8 })
  await page.mouse.up()
}

let teacher, cls, unit, path

await ok('by mouse: a skill is dragged to another place, and the page says what would change', async () => {
  teacher = await person('teacher', kith.link('Mr Okafor'), { width: 1280, height: 900 })
  await teacher.getByText('Before class').first().waitFor()
  cls = /\/class\/([0-9a-f-]{36})\/today/.exec(teacher.url())[1]
  await teacher.goto(`${kith.base}/class/${cls}/units`)
  await teacher.getByRole('link', { name: /^Change this unit/ }).click()
  await teacher.waitForURL('**/outline/**')
  path = new URL(teacher.url()).pathname
  unit = path.split('/').at(-1)
  const [first, second] = await names(teacher, 0)
  await drag(teacher, grip(teacher, second), teacher.locator('.outline-skills > li').nth(0))
  must((await names(teacher, 0)).slice(0, 2).join() === [second, first].join(), `the order is ${await names(teacher, 0)}`)
  await teacher.getByText('Not saved yet: 1 moved').waitFor()
  await teacher.getByText(`This stands before what it needs: ${first}.`).waitFor()
  await drag(teacher, grip(teacher, second), teacher.locator('.outline-skills > li').nth(1))
  must((await names(teacher, 0))[0] === first && await teacher.locator('.outline-save').count() === 0, 'dragged back, nothing is changed')
})

await ok('by keys: arrows on a grip, up and down, to another objective; the focus stays and the place is said', async () => {
  const [first, second] = await names(teacher, 0)
  await grip(teacher, first).focus()
  await teacher.keyboard.press('ArrowDown')
  await teacher.waitForFunction((t) => document.activeElement?.getAttribute('aria-label') === `Move “${t}”`, first)
  must((await names(teacher, 0))[1] === first, 'the arrow moved it down')
  must((await heard(teacher)).includes(`“${first}” is now 2 of`), `heard: ${await heard(teacher)}`)
  await teacher.keyboard.press('Enter')
  const up = teacher.getByRole('button', { name: `Move up: “${first}”` })
  await up.focus()
  await teacher.keyboard.press('Enter')
  await teacher.waitForFunction((t) => document.querySelector('.outline-skills textarea')?.value === t, first)
  must((await focused(teacher)).startsWith('Move'), `the focus is on ${await focused(teacher)}`)
  const parts = await headings(teacher)
  await teacher.getByLabel(`Move “${first}” to`).selectOption({ label: parts[1] })
  must((await names(teacher, 1)).at(-1) === first && (await names(teacher, 0))[0] === second, 'it is in the other objective, last')
  await teacher.waitForFunction((t) => document.activeElement?.getAttribute('aria-label') === `Move “${t}”`, first)
  await teacher.getByRole('button', { name: 'Begin anew from the unit as it is' }).click()
  await teacher.locator('.outline-save').waitFor({ state: 'detached' })
  must((await names(teacher, 0))[0] === first, 'begun anew')
})

await ok('a draft survives closing the page', async () => {
  await teacher.getByRole('button', { name: /^Add a skill to/ }).first().click()
  await teacher.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
  await teacher.keyboard.insertText('Halve what you have')
  await teacher.getByText('Kept on this device').waitFor()
  await teacher.reload()
  await teacher.getByText('This is what you had begun').waitFor()
  must((await names(teacher, 0)).at(-1) === 'Halve what you have', 'the new skill is there again')
  await teacher.getByText('Not saved yet: 1 new skill').waitFor()
})

await ok('saved, a question is written for the new skill, and a learner meets it', async () => {
  await save(teacher)
  await teacher.getByRole('link', { name: 'Write one: a question for “Halve what you have”' }).click()
  await teacher.waitForURL('**/author/**')
  const skill = new URL(teacher.url()).pathname.split('/').at(-1)
  await teacher.getByLabel('What is asked').fill('What is half of 18?')
  await teacher.getByLabel('The answer').fill('9')
  await teacher.getByRole('button', { name: 'Publish' }).click()
  await teacher.waitForURL('**/preview/skill/**')
  const amina = await person('amina', kith.link('Amina Haddad'), { width: 390, height: 844 })
  await amina.goto(`${kith.base}/skills`)
  await amina.getByText('Halve what you have').first().waitFor({ state: 'attached' })
  await amina.goto(`${kith.base}/practice/${skill}`)
  await amina.getByText('What is half of 18?').waitFor()
  await amina.locator('.answer input.box').fill('9')
  await amina.locator('form button.primary[type=submit]').click()
  await amina.locator('.verdict.right').waitFor()
  await amina.goto(kith.base)
  await amina.getByText('Where am I?').first().waitFor()
})

await ok('two tabs: the second is refused, keeps its draft, and goes on with it; what came since stands aside', async () => {
  await teacher.goto(kith.base + path)
  const other = await tab('other tab', teacher.context(), kith.base + path)
  await other.getByRole('button', { name: 'Add an objective' }).click()
  await other.getByLabel(/^Objective \d+: title$/).last().fill('Only in the second tab')
  await other.getByLabel(/: what learners can do then$/).last().fill('I can do it.')
  await other.locator('.outline-part').last().locator('.outline-skills textarea').fill('Its skill')
  await teacher.getByRole('button', { name: /^Add a skill to/ }).first().click()
  await teacher.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
  await teacher.keyboard.insertText('Only in the first tab')
  await save(teacher)
  await other.getByRole('button', { name: 'Save the unit' }).click()
  await other.getByText('was changed meanwhile').waitFor()
  must((await headings(other)).at(-1) === 'Only in the second tab', 'the draft is still there')
  await other.getByRole('button', { name: 'See the unit as it is now' }).click()
  await other.getByText('The unit was changed since you began').waitFor()
  must((await names(other, 0)).at(-1) === 'Only in the first tab', 'it shows the unit as it is')
  await other.getByRole('button', { name: 'Go on with my outline' }).click()
  must((await headings(other)).at(-1) === 'Only in the second tab' && (await names(other, 0)).at(-1) === 'Halve what you have', 'it shows the draft')
  await other.getByLabel('Put “Only in the first tab” back into').selectOption({ index: 1 })
  await save(other)
  const now = await view(other, path)
  must(now.objectives.at(-1).title === 'Only in the second tab' && now.objectives[0].skills.at(-1).title === 'Only in the first tab' && now.loose.length === 0, JSON.stringify(now.objectives.map((o) => o.title)))
  await other.close()
  delete pages['other tab']
})

await ok('on a phone: an objective is moved by its buttons, left out and put back; no page of a learner breaks', async () => {
  const phone = await person('phone', kith.link('Mr Okafor'), { width: 360, height: 740 })
  await phone.goto(kith.base + path)
  const was = await headings(phone)
  await grip(phone, was[0]).click()
  await phone.getByRole('button', { name: `Move down: “${was[0]}”` }).click()
  await phone.waitForFunction((t) => document.querySelectorAll('.outline-name')[1]?.value === t, was[0])
  must((await focused(phone)).startsWith('Move down'), `the focus is on ${await focused(phone)}`)
  await phone.getByRole('button', { name: `Leave out: “${was[0]}”` }).click()
  must((await heard(phone)).includes('no longer in the unit'), await heard(phone))
  const wide = await phone.evaluate(() => document.scrollingElement.scrollWidth)
  must(wide <= 360, `${wide} px wide`)
  await save(phone)
  const amina = pages.amina
  for (const at of ['/', '/plan', '/skills', '/map']) {
    const answer = await amina.goto(kith.base + at)
    must(answer.status() === 200, `${at} answers ${answer.status()}`)
    await amina.locator('main h1, main h2').first().waitFor()
    must(await amina.getByText('was left out').count() === 0 && await amina.locator('.errorbox').count() === 0, `${at} says that something went amiss`)
  }
  await phone.getByRole('button', { name: `Put back: the objective “${was[0]}”` }).click()
  await save(phone)
  must((await headings(phone)).at(-1) === was[0], 'it is back, last')
  const back = await view(phone, path)
  must(back.objectives.at(-1).lesson !== '', 'with its lesson')
})

await ok('what needs what is drawn: a line by mouse, one by keys, and a circle is refused by name where it is drawn', async () => {
  const at = path.replace('/outline/', '/prerequisites/')
  await teacher.goto(kith.base + at)
  const spot = (i) => teacher.locator('.needs-view [role=option]').nth(i)
  const center = async (i) => { await spot(i).scrollIntoViewIfNeeded(); const b = await spot(i).boundingBox(); return [b.x + b.width / 2, b.y + b.height / 2] }
  const { skills } = await view(teacher, at)
  const needs = (from, to) => skills[to].needs.some((n) => n.id === skills[from].id)
  const goes = (from, to) => needs(from, to) || skills[to].needs.some((n) => { const k = skills.findIndex((s) => s.id === n.id); return k >= 0 && goes(from, k) })
  const pairs = skills.flatMap((_, a) => skills.map((_, b) => [a, b])).filter(([a, b]) => a !== b && !goes(a, b) && !goes(b, a))
  const [a, b] = pairs[0]
  await teacher.getByRole('button', { name: 'See all of it' }).click()
  await teacher.mouse.move(...await center(a))
  await teacher.mouse.down()
  await teacher.mouse.move(...await center(b), { steps: 6 })
  await teacher.mouse.up()
  await teacher.getByText(`“${skills[b].title}” now needs “${skills[a].title}”`).waitFor()
  await teacher.waitForFunction(() => !document.querySelector('[aria-disabled]'))
  must((await view(teacher, at)).skills[b].needs.some((n) => n.id === skills[a].id), 'the school has the line')
  await teacher.mouse.move(...await center(b))
  await teacher.mouse.down()
  await teacher.mouse.move(...await center(a), { steps: 6 })
  await teacher.mouse.up()
  const round = teacher.locator('.needs-refused')
  await round.waitFor()
  must((await round.innerText()).includes(`${skills[a].title} → ${skills[b].title} → ${skills[a].title}`), await round.innerText())
  await teacher.locator('.needs-view [role=option][tabindex="0"]').focus()
  await teacher.keyboard.press('Home')
  await teacher.keyboard.press('Enter')
  await teacher.getByText(`From “${skills[0].title}”`).waitFor()
  await teacher.keyboard.press('End')
  await teacher.keyboard.press('Enter')
  await teacher.getByText(needs(0, skills.length - 1) ? 'needs “' : `“${skills.at(-1).title}” now needs “${skills[0].title}”`).first().waitFor()
})

await ok('a unit is made from a title, and stands there to be put in order', async () => {
  await teacher.goto(`${kith.base}/class/${cls}/units`)
  await teacher.getByLabel('Title of your unit').fill('Fair shares')
  await teacher.getByRole('button', { name: 'Make the unit' }).click()
  await teacher.getByText('What will they be able to do first?').waitFor()
  await teacher.getByLabel('First, learners can …').fill('I can share a number of things.')
  await teacher.getByRole('button', { name: 'Make the unit' }).click()
  await teacher.waitForURL((u) => u.pathname.includes('/outline/') && !u.pathname.endsWith(unit))
  must(await teacher.getByLabel('Title of the unit').inputValue() === 'Fair shares', 'its title')
  must(await teacher.locator('.outline-skills textarea').first().inputValue() === 'Share a number of things', 'its first skill is what was written')
  await teacher.locator('.outline-skills textarea').first().fill('Share by two')
  await save(teacher)
  await teacher.goto(`${kith.base}/class/${cls}/units`)
  await teacher.getByText('Share by two').first().waitFor()
})

await end(0)
