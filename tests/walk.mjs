// walk: one day of a class in a real browser, each person in a context of their own.
//
//   node tests/walk.mjs          opens the demo school (bin/kith) and plays the day; KITH_DB puts it on PostgreSQL
//
// A new learner joins and does their evening; the teacher prepares, starts, answers hands, opens an exit check; a second
// learner and the projector stand by. Whatever one does, the others must see without a reload within `soon`.
// Plain output: "ok N what", then "walk: N ok". The first failure says what, photographs every page and ends with 1.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { launch } from './browser.mjs'
import { check, checkUntilOver, enter, fill, pictures, untilTyped } from './walk/learner.mjs'
import { school } from './walk/school.mjs'

const root = resolve(import.meta.dirname, '..')
/** soon is how long a change may take to reach somebody else's page, in ms; on a busy machine drawing takes its time. */
const soon = 3000

const kith = await school(root)
const browser = await launch()
const people = {}
let n = 0

/** person opens a context of their own, signed in by link when there is one. */
async function person(name, url, viewport = { width: 1366, height: 768 }) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  const errors = []
  const page = listen(await context.newPage(), errors)
  people[name] = { page, errors, context }
  if (url) await page.goto(url)
  return page
}

/** listen notes what goes wrong on a page. */
function listen(page, errors) {
  page.setDefaultTimeout(30_000) // a busy machine is slow, not broken
  page.on('pageerror', (e) => errors.push(e.message))
  page.on('console', (m) => { if (m.type() === 'error' && !/status of (401|409)/.test(m.text())) errors.push(m.text()) })
  return page
}

async function ok(what, step) {
  n++
  try {
    await step()
    for (const [name, { errors }] of Object.entries(people)) if (errors.length > 0) throw new Error(`${name}'s page says: ${errors.join('; ')}`)
    console.log(`ok ${n} ${what}`)
  } catch (e) {
    const dir = join(root, 'shots/walk')
    mkdirSync(dir, { recursive: true })
    console.log(`not ok ${n} ${what}\n  ${String(e.stack ?? e).replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '').split('\n').slice(0, 12).join('\n  ')}`)
    for (const [name, { page }] of Object.entries(people)) {
      const path = join(dir, `${n}-${name}.png`)
      await page.screenshot({ path, fullPage: true }).then(() => console.log(`  ${name} at ${page.url()}: ${path}`), () => {})
    }
    await end(1)
  }
}

async function end(code) {
  await browser.close().catch(() => {})
  await kith.stop()
  console.log(`walk: ${code ? n - 1 : n} ok${code ? ', and then not' : ''}`)
  process.exit(code)
}

/** sees waits for words on a page. */
const sees = (page, words, timeout = soon) => page.getByText(words).filter({ visible: true }).first().waitFor({ timeout })
const button = (page, name) => page.getByRole('button', { name })
const link = (page, name) => page.getByRole('link', { name })
/** view asks for a page's data as its own script would. */
const view = (page, path) => page.evaluate(async (p) => (await (await fetch(`/api/v1/page${p}`)).json()).view, path)
const must = (is, what) => { if (!is) throw new Error(what) }

const deadline = setTimeout(() => { console.log('walk: it takes longer than ten minutes'); void end(1) }, 600_000)

let teacher, nour, amina, projector, cls, unit, pile

await ok('the teacher opens Today, their first page', async () => {
  teacher = await person('teacher', kith.link('Mr Okafor'))
  await sees(teacher, 'Before class', 10_000)
  cls = /\/class\/([0-9a-f-]{36})\/today/.exec(teacher.url())?.[1]
  must(cls, `the first page is ${teacher.url()}`)
})

await ok('the teacher pastes a name, and the class has a new learner', async () => {
  await teacher.goto(`${kith.base}/class/${cls}/people`)
  await teacher.getByLabel(/names/i).first().fill('Nour Walker')
  await button(teacher, /^Add/).click()
  await button(teacher, 'Nour Walker').waitFor()
})

await ok('the new learner signs in with class code and pictures', async () => {
  const code = (await view(teacher, `/class/${cls}/people`)).class.code
  nour = await person('nour', `${kith.base}/signin`, { width: 390, height: 844 })
  await nour.locator('#code').fill(code)
  await button(nour, 'Find my class').click()
  await button(nour, /^Nour/).click()
  await pictures(nour)
  await nour.waitForURL('**/home')
  await sees(nour, 'Hello Nour')
})

await ok('Home answers three questions and begins with the task', async () => {
  for (const words of ['Where am I?', 'Where am I going?', 'How do I get there?']) await sees(nour, words)
  await nour.locator('.nextstep a').click()
  await nour.waitForURL('**/task')
  unit = /\/unit\/([0-9a-f-]{36})/.exec(nour.url())[1]
  await nour.locator('.roles button').first().click()
  await sees(nour, 'Your job')
})

await ok('the learner says of each line what they can do', async () => {
  await nour.goto(`${kith.base}/unit/${unit}/self`)
  const lines = nour.locator('.ican')
  for (let i = 0; i < await lines.count(); i++) await lines.nth(i).getByRole('radio').nth(i % 3).check({ force: true })
  await sees(nour, `${await lines.count()} of ${await lines.count()} answered`)
  await sees(nour, 'All your work is saved')
})

await ok('the check asks at most twelve, and stops and goes on', async () => {
  await nour.goto(`${kith.base}/unit/${unit}/check`)
  await button(nour, 'Begin').click()
  await check(nour)
  await button(nour, 'Stop for now').click()
  await sees(nour, /question.* kept|It is kept/)
  await nour.reload()
  await button(nour, /Carry on|Go on/).click()
  const asked = await checkUntilOver(nour)
  must(asked <= 12, `${asked} questions`)
})

await ok('what is theirs already, and one place to start', async () => {
  await link(nour, 'See what is mine already').click()
  await nour.waitForURL('**/known')
  await sees(nour, 'A good place to start')
})

await ok('the learner looks at the proposed plan and sends it', async () => {
  await nour.goto(`${kith.base}/plan`)
  await sees(nour, 'A plan for you to look at')
  await nour.getByLabel(/A word to go with it/).fill('I would like to start with the video.')
  await button(nour, /^Send it to/).click()
  await sees(nour, /You sent this to/)
})

await ok('waiting stops nobody: the shared lesson is open, and a question goes to class', async () => {
  const { how } = await view(nour, '/home')
  must(how.invitation, 'there is no shared lesson')
  await nour.goto(`${kith.base}/lesson/${how.invitation.lesson}`)
  await nour.getByLabel('What would you like to ask?').fill('Why does the line go through zero?')
  await teacher.goto(`${kith.base}/class/${cls}/today`)
  await button(teacher, /^Show all/).click()
  await button(nour, 'Bring it to class').click()
  await sees(teacher, 'Why does the line go through zero?')
})

await ok('the plan stands in the inbox; a yes changes the learner’s page', async () => {
  await nour.goto(`${kith.base}/plan`)
  await teacher.goto(`${kith.base}/class/${cls}/inbox`)
  await sees(teacher, 'Plans that wait for you')
  const { learners } = await view(teacher, `/class/${cls}/people`)
  await teacher.goto(`${kith.base}/learner/${learners.find((l) => l.person.given === 'Nour').person.id}`)
  await button(teacher, 'Look at it').click()
  await sees(teacher, 'I would like to start with the video.')
  await button(teacher, 'Accept').click()
  await sees(nour, /said yes/)
})

await ok('look-alikes go with one yes', async () => {
  await teacher.goto(`${kith.base}/class/${cls}/inbox`)
  const count = async () => Number(/(\d+) plans?\b/.exec(await teacher.locator('h1 + p').innerText())?.[1] ?? 0)
  const before = await count()
  const many = teacher.locator('[data-card]').filter({ hasText: /^\d+ plans: the same/ }).first()
  await many.click()
  const accept = button(teacher, /^Accept \d+$/)
  const n = Number(/\d+/.exec(await accept.innerText())[0])
  await accept.click()
  await sees(teacher, `${n} accepted`)
  must(await count() === before - n, `${before} plans waited, ${n} were accepted, ${await count()} wait`)
})

await ok('the learner practises: an answer, its words, the next one', async () => {
  const { learners, skills } = await view(teacher, `/class/${cls}/now`)
  const me = learners.find((l) => l.name.startsWith('Nour'))
  const at = me.cells.findIndex((c) => c.status !== 'secure')
  await nour.goto(`${kith.base}/practice/${skills[at].id}`)
  await fill(nour)
  await enter(nour)
  await nour.locator('.verdict').first().waitFor()
})

await ok('an answer given without the network is told of when it arrives: in its place, and on another page', async () => {
  const offline = async (is) => { await nour.context().setOffline(is) }
  const toAnswer = async () => {
    const next = button(nour, 'Next one')
    if (await next.isVisible()) await next.click()
    await button(nour, 'Check').waitFor()
    await fill(nour)
  }
  const left = async () => {
    const more = nour.getByText(/You have .* more tr/).filter({ visible: true })
    return (await more.count()) === 0 ? 3 : /one more/.test(await more.innerText()) ? 1 : 2
  }
  const at = nour.url()
  await toAnswer()
  const before = await left()
  await offline(true)
  await enter(nour)
  await sees(nour, 'Saved on this device')
  await offline(false)
  await nour.locator('.verdict:not(.saved)').waitFor({ timeout: 10_000 })
  if (await button(nour, 'Check').isVisible()) must(await left() === before - 1, `${before} tries were left, now ${await left()}`)
  await toAnswer()
  await offline(true)
  await enter(nour)
  await sees(nour, 'Saved on this device')
  const { context, errors } = people.nour
  await nour.close()
  nour = people.nour.page = listen(await context.newPage(), errors)
  await context.setOffline(false)
  await nour.goto(`${kith.base}/home`)
  await sees(nour, 'An answer you gave earlier has been checked', 10_000)
  await nour.reload()
  await sees(nour, 'An answer you gave earlier has been checked', 10_000)
  await button(nour, 'Got it').click()
  await nour.locator('.arrived').waitFor({ state: 'detached' })
  await nour.reload()
  await sees(nour, 'All your work is saved')
  must(await nour.locator('.arrived').count() === 0, 'it is told twice')
  // The network was away on purpose.
  errors.splice(0, errors.length, ...errors.filter((e) => !e.includes('ERR_INTERNET_DISCONNECTED')))
  await nour.goto(at)
})

await ok('a page that is loaded anew without the network says what is kept, and opens by itself', async () => {
  const { context, errors } = people.nour
  const at = nour.url()
  await nour.waitForFunction(() => navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated'))
  await button(nour, 'Check').waitFor()
  await fill(nour)
  await context.setOffline(true)
  await enter(nour)
  await sees(nour, 'Saved on this device')
  await nour.reload()
  await sees(nour, 'We cannot reach your school')
  await sees(nour, 'is kept on this device')
  must(await nour.evaluate(() => getComputedStyle(document.querySelector('.button')).backgroundColor) !== 'rgba(0, 0, 0, 0)', 'it is drawn without its style')
  await nour.goto(`${kith.base}/plan`)
  await sees(nour, 'We cannot reach your school')
  const names = await nour.evaluate(async () => (await Promise.all((await caches.keys()).map(async (k) => (await (await caches.open(k)).keys()).map((r) => new URL(r.url).pathname)))).flat())
  must(names.includes('/away') && names.every((n) => n === '/away' || n.startsWith('/assets/')), `the device keeps ${names}`)
  await context.setOffline(false)
  await sees(nour, 'Plan', 15_000)
  await nour.locator('#app h1').waitFor()
  await nour.goto(`${kith.base}/home`)
  await sees(nour, 'An answer you gave earlier has been checked', 10_000)
  await button(nour, 'Got it').click()
  await nour.locator('.arrived').waitFor({ state: 'detached' })
  errors.splice(0, errors.length, ...errors.filter((e) => !e.includes('ERR_INTERNET_DISCONNECTED') && !e.includes('ERR_FAILED')))
  await nour.goto(at)
})

await ok('one question on two devices: the one that comes second goes on from there, with the network and without', async () => {
  const other = await person('nour’s laptop')
  await other.context().addCookies(await nour.context().cookies())
  const at = nour.url()
  const both = async () => { for (const page of [nour, other]) { await page.goto(at); await button(page, 'Check').waitFor(); await fill(page) } }
  const told = (page) => page.locator('.verdict:not(.saved)').first().waitFor()
  await both()
  await enter(other)
  await told(other)
  await enter(nour)
  await sees(nour, /answered this one already/)
  await fill(nour)
  await enter(nour)
  await told(nour)
  await both()
  await nour.context().setOffline(true)
  await enter(nour)
  await sees(nour, 'Saved on this device')
  await enter(other)
  await told(other)
  await nour.context().setOffline(false)
  await sees(nour, /answered this one already/, 10_000)
  await button(nour, 'Check').waitFor()
  must(await nour.locator('.errorbox').count() === 0, 'what another device said is called lost')
  const { errors } = people.nour
  errors.splice(0, errors.length, ...errors.filter((e) => !e.includes('ERR_INTERNET_DISCONNECTED')))
  await other.context().close()
  delete people['nour’s laptop']
})

await ok('the map opens from the list and is read by keyboard', async () => {
  const at = nour.url()
  await nour.goto(`${kith.base}/skills`)
  await link(nour, 'As a map').focus()
  await nour.keyboard.press('Enter')
  await nour.waitForURL('**/map')
  const { map } = await view(nour, '/map')
  const on = () => nour.evaluate(() => document.activeElement?.getAttribute('role') === 'option' ? document.activeElement.querySelector('title').textContent : '')
  for (let i = 0; i < 20 && !(await on()); i++) await nour.keyboard.press('Tab')
  await nour.keyboard.press('Home')
  const words = { not_started: 'Not started', growing: 'Growing', secure: 'Secure', another_look: 'Worth another look' }
  const says = (i) => `${map.skills[i].title}. ${words[map.skills[i].status]}`
  must((await on()).startsWith(says(0)), `the first skill is read as "${await on()}", want "${says(0)}"`)
  await nour.keyboard.press('ArrowDown')
  const next = map.skills.findIndex((s) => s.needs.includes(0))
  must((await on()).startsWith(says(next)), `an arrow down from it is read as "${await on()}", want "${says(next)}"`)
  await nour.getByRole('option', { name: map.skills[next].title, selected: true }).waitFor({ timeout: soon })
  await sees(nour, words[map.skills[next].status])
  await nour.keyboard.press('Enter')
  await nour.waitForURL(`**/practice/${map.skills[next].id}`)
  await nour.goto(at)
})

await ok('today and the sign-in sheet print as documents without script', async () => {
  const paper = await person('paper', kith.link('Mr Okafor'))
  await paper.goto(`${kith.base}/print/today/${cls}`)
  await sees(paper, 'Sit with me')
  must(await paper.locator('script').count() === 0, 'the printed page has script')
  await paper.goto(`${kith.base}/print/cards/${cls}`)
  must((await paper.locator('body').innerText()).includes('7B'), 'the sheet does not name the class')
})

await ok('a second learner and the projector are there, and nothing has begun', async () => {
  const now = await view(teacher, `/class/${cls}/now`)
  pile = now.piles.find((p) => p.kind === 'sit' && p.items > 0)
  must(pile, `no table sits with the teacher: ${now.piles.map((p) => p.kind)}`)
  const { learners } = await view(teacher, `/class/${cls}/people`)
  const who = learners.find((l) => l.person.id === pile.members[0].id).person
  amina = await person('amina', kith.link(`${who.given} ${who.family}`), { width: 820, height: 1180 })
  projector = await person('projector', kith.link('Mr Okafor'), { width: 1920, height: 1080 })
  await projector.goto(`${kith.base}/class/${cls}/room`)
  await sees(projector, 'Come in')
  must(await amina.locator('.wherenow:visible').count() === 0, 'a learner is sent somewhere before the start')
})

await ok('Start: each page says where to go, and the projector places everyone', async () => {
  await teacher.goto(`${kith.base}/class/${cls}/now`)
  await button(teacher, 'Start').click()
  await Promise.all([
    sees(amina, /^Go to/), sees(nour, /^Go to/), projector.locator('.place').first().waitFor({ timeout: soon }), sees(teacher, 'Asking for help'),
  ])
  const { learners } = await view(teacher, `/class/${cls}/now`)
  must(await projector.locator('.place li').count() === learners.length, 'the projector does not place everyone')
  const text = await projector.locator('body').innerText()
  for (const never of ['Sit with', 'Carry on', 'Go deeper', 'Growing', 'Secure', pile.title]) must(!text.includes(never), `the projector says “${never}”`)
})

await ok('Now says where the learner is and on what, as they go', async () => {
  const row = teacher.locator('tr', { hasText: 'Nour' })
  await row.getByText(/practicing/).waitFor({ timeout: soon })
  await nour.goto(`${kith.base}/home`)
  await row.getByText('at Home').waitFor({ timeout: soon })
})

await ok('names are hidden from the room with one tap, and come back', async () => {
  await button(teacher, 'Hide names').click()
  const text = await teacher.locator('main').innerText()
  must(!text.includes('Nour') && text.includes('Learner 1'), 'a name still stands on the page')
  await button(teacher, 'Show names').click()
  await sees(teacher, /Nour/)
})

await ok('a hand goes up with one line, and the teacher sees it', async () => {
  await button(nour, 'Ask for help').click()
  await nour.getByLabel(/What are you stuck on/).fill('Which number goes on top?')
  await button(nour, 'Raise my hand').click()
  await sees(teacher, 'Which number goes on top?')
  await sees(nour, 'Your hand is up')
})

await ok('“coming” reaches the learner, “done” lowers the hand', async () => {
  await button(teacher, /^Coming: Nour/).click()
  await sees(nour, 'Your teacher is coming')
  await button(teacher, /^Done: Nour/).click()
  await sees(teacher, 'Nobody is waiting')
  await button(nour, 'Ask for help').waitFor({ timeout: soon })
})

await ok('a learner lowers their own hand, and the queue is empty again', async () => {
  await button(amina, 'Ask for help').click()
  await amina.getByLabel(/What are you stuck on/).fill('Never mind')
  await button(amina, 'Raise my hand').click()
  await sees(teacher, 'Never mind')
  await button(amina, 'Your hand is up').click()
  await button(amina, 'Take my hand down').click()
  await sees(teacher, 'Nobody is waiting')
})

await ok('the exit check goes to exactly that table', async () => {
  const card = teacher.locator('.now-pile', { hasText: pile.title }).first()
  await card.getByRole('button', { name: 'Open exit check' }).click()
  await link(amina, 'Two questions before you go').waitFor({ timeout: soon })
  await link(amina, 'Two questions before you go').click()
  await amina.waitForURL('**/exit/*')
  must(await link(nour, 'Two questions before you go').count() === 0, 'another table was asked')
  const told = await nour.request.get(amina.url())
  must(told.status() === 404, `another table's exit check answers ${told.status()}`)
})

await ok('two answers, one try each; the teacher sees them as they come in', async () => {
  const mine = teacher.locator('.now-pile', { hasText: pile.title }).first().locator('li', { hasText: pile.members[0].name })
  for (const name of ['Next', 'Send']) {
    await fill(amina)
    const before = await mine.locator('.dot.unread').count()
    await button(amina, name).click()
    await mine.locator('.dot.unread').nth(before - 1).waitFor({ state: 'detached', timeout: soon })
  }
  await sees(amina, 'Thank you. Back to your table.')
})

await ok('one tap notes that they sat together, and both see it', async () => {
  const card = teacher.locator('.now-pile', { hasText: pile.title }).first()
  await card.getByRole('button', { name: 'We sat together' }).click()
  await card.locator('.now-coming').waitFor({ timeout: soon })
  await sees(amina, /You sat together with/)
})

await ok('“I used your question” reaches its author’s Home', async () => {
  const board = await person('board', kith.link('Mr Okafor'))
  await board.goto(`${kith.base}/class/${cls}/today`)
  await button(board, /^Show all/).click()
  const mine = board.locator('li', { hasText: 'Why does the line go through zero?' })
  await mine.getByRole('button').click()
  await mine.getByText('Used').waitFor({ timeout: soon })
  await nour.goto(`${kith.base}/home`)
  await sees(nour, /used your question/)
})

await ok('End: pages stop sending anybody anywhere, the projector says thank you', async () => {
  await button(teacher, 'End the lesson').click()
  await sees(teacher, 'The lesson is over')
  await sees(projector, /Thank you/)
  for (const page of [amina, nour]) await page.locator('.wherenow').filter({ visible: true }).waitFor({ state: 'detached', timeout: soon })
})

await ok('the guardian reads the same three answers of their own child, and nothing else', async () => {
  const guardian = await person('guardian', kith.link('Ms Haddad'), { width: 390, height: 844 })
  if (!guardian.url().includes('/child/')) await link(guardian, /Amina/).first().click()
  for (const words of [/Where is Amina now/, /Where is Amina going/, /How does Amina get there/]) await sees(guardian, words)
  must((await guardian.request.get(`${kith.base}/class/${cls}/now`)).status() >= 403, 'a guardian may open Now')
  await link(guardian, 'See the skills as a map').click()
  await sees(guardian, /skills as a map/)
  const spots = await guardian.locator('.map-told .map-spot').count()
  must(spots > 0 && spots === await guardian.locator('.standings li').count(), `${spots} spots on the map, another number in its list`)
})

let claimed
await ok('on a phone, mathematics is typed in one line with keys, and read back before Check', async () => {
  const { skills } = await view(teacher, `/class/${cls}/now`)
  const rule = skills.find((s) => s.title === 'Write a rule with a letter')
  must(rule, `the class has no such skill: ${skills.map((s) => s.title)}`)
  const [once, each] = await untilTyped(nour, rule.id, view)
  const box = nour.locator('.maths input')
  await box.pressSequentially(`${each}`)
  await nour.getByRole('toolbar', { name: 'Signs' }).getByRole('button', { name: 'parentheses' }).click()
  await box.pressSequentially(`n+${once}`)
  must(await box.inputValue() === `${each}(n+${once})`, `the keys typed ${await box.inputValue()}`)
  await nour.locator('.maths .readas math').waitFor({ timeout: soon })
  await box.fill('n + ?2')
  await sees(nour, 'We cannot read this from here on:')
  await enter(nour)
  await sees(nour, 'Nothing was counted.')
  claimed = `${each}n - ${once}`
  await box.fill(claimed)
  await nour.locator('.maths .readas math').waitFor({ timeout: soon })
  await enter(nour)
  await sees(nour, 'Not yet')
})

await ok('“I think this is right” goes to the teacher, who agrees, and the learner reads so', async () => {
  await button(nour, 'I think this is right').click()
  await sees(nour, /will look at your answer/)
  await teacher.goto(`${kith.base}/class/${cls}/inbox`)
  await sees(teacher, /answers? waits? for your look/)
  await teacher.getByRole('link', { name: /^Look at (it|them)$/ }).click()
  const card = teacher.locator('.appealed', { hasText: claimed })
  await card.getByText('What Kith takes for right').waitFor({ timeout: soon })
  await card.getByRole('button', { name: 'Right after all' }).click()
  await card.waitFor({ state: 'detached', timeout: soon })
  await nour.goto(`${kith.base}/home`)
  await sees(nour, /looked at your answer: it is right after all/)
})

clearTimeout(deadline)
await end(0)
