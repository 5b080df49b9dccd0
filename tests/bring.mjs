// bring: a teacher brings a Moodle file with one bad question, reads what would come in, takes it, a learner practices one of it, and
// it is taken back. A unit is handed out and brought again, which changes nothing; an administrator brings a list of people.
//
//   node tests/bring.mjs        opens the demo school (bin/kith); KITH_DB puts it on PostgreSQL
//
// Plain output: "ok N what", then "bring: N ok". The first failure photographs all pages and ends with 1.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { launch } from './browser.mjs'
import { school } from './walk/school.mjs'

const root = resolve(import.meta.dirname, '..')
const kith = await school(root)
const browser = await launch()
const folder = mkdtempSync(join(tmpdir(), 'kith-bring-'))
const pages = {}
let n = 0

async function person(name, url, viewport, more = {}) {
  const page = await (await browser.newContext({ viewport, reducedMotion: 'reduce', acceptDownloads: true, ...more })).newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (e) => { page.broke = e.message })
  pages[name] = page
  await page.goto(url)
  return page
}

async function end(code) {
  await browser.close().catch(() => {})
  await kith.stop()
  rmSync(folder, { recursive: true, force: true })
  console.log(`bring: ${code ? n - 1 : n} ok${code ? ', and then not' : ''}`)
  process.exit(code)
}

const shoot = async (what) => {
  mkdirSync(join(root, 'shots/bring'), { recursive: true })
  for (const [name, page] of Object.entries(pages)) await page.screenshot({ path: join(root, `shots/bring/${what}-${name}.png`), fullPage: true }).then(() => console.log(`  ${name} at ${page.url()}`), () => {})
}

async function ok(what, step) {
  n++
  try {
    await step()
    for (const [name, page] of Object.entries(pages)) if (page.broke) throw new Error(`${name}'s page says: ${page.broke}`)
    console.log(`ok ${n} ${what}`)
    if (process.env.KITH_SHOTS) await shoot(`ok${n}`)
  } catch (e) {
    console.log(`not ok ${n} ${what}\n  ${String(e.stack ?? e).split('\n').slice(0, 8).join('\n  ')}`)
    await shoot(n)
    await end(1)
  }
}

const must = (is, what) => { if (!is) throw new Error(what) }
const view = (page, path) => page.evaluate(async (p) => (await (await fetch(`/api/v1/page${p}`)).json()).view, path)

const question = (name, type, text, rest) => `  <question type="${type}">
    <name><text>${name}</text></name>
    <questiontext format="html"><text><![CDATA[<p>${text}</p>]]></text></questiontext>
${rest}
  </question>
`
const answer = (fraction, text) => `    <answer fraction="${fraction}" format="html"><text>${text}</text><feedback format="html"><text></text></feedback></answer>`
const marbles = `<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- kith title: Marbles -->
<!-- kith source: The marble club -->
<!-- kith authors: Naledi Dube -->
<!-- kith licence: CC BY-ND 4.0 -->
  <question type="category"><category><text>$course$/top/Marbles/Counting bags</text></category></question>
${question('Bags', 'numerical', 'There are 3 bags with 4 marbles each. How many marbles are there?', answer(100, '12'))}${question('More', 'numerical', 'There are 5 bags with 6 marbles each. How many marbles are there?', answer(100, '30'))}${question('Even', 'multichoice', 'Which number of marbles can two children share evenly?', `    <single>true</single>\n${answer(100, '8')}\n${answer(0, '7')}\n${answer(0, '9')}`)}${question('Nobody knows', 'multichoice', 'How many marbles are in a bag?', `    <single>true</single>\n${answer(0, '4')}\n${answer(0, '5')}`)}</quiz>
`
const file = join(folder, 'marbles.xml')
writeFileSync(file, marbles)

let teacher, amina, cls, skill, other

await ok('a Moodle file with one bad question is dropped, and nothing is written', async () => {
  teacher = await person('teacher', kith.link('Mr Okafor'), { width: 1366, height: 900 })
  await teacher.getByText('Before class').first().waitFor()
  cls = /\/class\/([0-9a-f-]{36})\/today/.exec(teacher.url())[1]
  await teacher.goto(`${kith.base}/class/${cls}/units`)
  await teacher.getByRole('link', { name: 'Bring items in or hand them out' }).first().click()
  await teacher.waitForURL('**/bring?**')
  const data = await teacher.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'marbles.xml', { type: 'text/xml' }))
    return transfer
  }, marbles)
  await teacher.dispatchEvent('.bring-drop', 'drop', { dataTransfer: data })
  await teacher.getByText('This is what would come in.').waitFor()
  const said = await teacher.locator('main').innerText()
  must(/Moodle XML/.test(said) && /It becomes a new course, “Marbles”/.test(said), `what it is and where it goes: ${said}`)
  must(/None of its answers is marked as right/.test(said) && /Nobody knows/.test(said) && /marbles\.xml, line \d+/.test(said), `the bad question with its line and reason: ${said}`)
  must(/Naledi Dube/.test(said) && /CC BY-ND 4\.0/.test(said) && /allows no changed copies/.test(said), `whom it comes from: ${said}`)
  must(/3 bags with 4 marbles/.test(said), 'an item as learners see it')
  must(!(await view(teacher, `/class/${cls}/units`)).offered.some((u) => u.title === 'Marbles'), 'nothing is in the school yet')
})

await ok('a reload and a second window show the same', async () => {
  await teacher.reload()
  await teacher.getByText('This is what would come in.').waitFor()
  other = await teacher.context().newPage()
  await other.goto(`${kith.base}/bring?class=${cls}`)
  await other.getByText('This is what would come in.').waitFor()
})

await ok('it can be put where a course is already, and back', async () => {
  await teacher.locator('.bring-where select').nth(1).selectOption({ index: 1 })
  await teacher.getByText(/It goes to the course/).waitFor()
  await teacher.locator('.bring-where select').nth(1).selectOption('')
  await teacher.getByText(/It becomes a new course/).waitFor()
})

await ok('it is taken with the keyboard, and the report stays', async () => {
  const take = teacher.getByRole('button', { name: 'Take 3 items in' })
  await take.focus()
  await teacher.keyboard.press('Enter')
  await teacher.getByText('It is in.').waitFor()
  await teacher.getByText(/1 is left out/).waitFor()
  await teacher.reload()
  await teacher.getByText('It is in.').waitFor()
  await other.reload()
  must(/marbles\.xml/.test(await other.locator('.bring-past').innerText()), 'it stands among what was brought')
})

await ok('the class gets the unit, and a learner practices one of its items', async () => {
  const offer = (await view(teacher, `/class/${cls}/units`)).offered.find((u) => u.title === 'Marbles')
  must(offer?.items === 3, `three items are offered: ${JSON.stringify(offer)}`)
  const said = await teacher.evaluate(async ({ cls, unit }) => (await fetch('/api/v1/give-unit', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ op: crypto.randomUUID(), class: cls, unit, dial: 'propose' }) })).status, { cls, unit: offer.id })
  must(said === 200, `giving the unit was answered with ${said}`)
  skill = (await view(teacher, `/class/${cls}/units`)).units.find((u) => u.title === 'Marbles').parts[0].skills[0].id
  amina = await person('amina', kith.link('Amina Haddad'), { width: 360, height: 740 })
  await amina.goto(`${kith.base}/practice/${skill}?go_on=true`)
  const text = await amina.locator('.asked').innerText()
  const numbers = /(\d+) bags with (\d+)/.exec(text)
  if (numbers) await amina.locator('.answer input.box').fill(String(numbers[1] * numbers[2]))
  else await amina.locator('.answer .option', { hasText: '8' }).click()
  await amina.locator('form button.primary[type=submit]').click()
  await amina.locator('.verdict.right').waitFor()
})

await ok('an item whose license allows no changed copies is not copied', async () => {
  const { items } = await view(teacher, `/class/${cls}/preview/skill/${skill}`)
  const page = await view(teacher, `/class/${cls}/author/${skill}?item=${items[0].asked.item}`)
  const done = await teacher.evaluate(async ({ cls, draft, from }) => {
    const r = await fetch('/api/v1/add-item', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ op: crypto.randomUUID(), class: cls, draft, from }) })
    return { status: r.status, say: (await r.json()).say?.code }
  }, { cls, draft: page.draft, from: items[0].asked.item })
  must(page.bound === 'CC BY-ND 4.0' && done.status === 403 && done.say === 'fault.author.bound', `${page.bound} ${JSON.stringify(done)}`)
})

await ok('the unit is handed out, and brought again it changes nothing', async () => {
  await teacher.goto(`${kith.base}/bring?class=${cls}`)
  await teacher.locator('.card', { hasText: 'Hand items out' }).locator('select').selectOption({ label: 'Marbles' })
  await teacher.locator('.segmented input[value=gift]').check({ force: true })
  await teacher.getByText(/It holds 3 items/).waitFor()
  const download = teacher.waitForEvent('download')
  await teacher.getByRole('link', { name: 'Download' }).click()
  const out = await (await download).path()
  must(/Naledi|marbles/.test(readFileSync(out, 'utf8')), 'the file holds the items')
  const again = join(folder, 'marbles.gift')
  writeFileSync(again, readFileSync(out))
  await teacher.locator('input[type=file]').setInputFiles(again)
  await teacher.getByText('There is nothing to take').waitFor()
  const rows = await teacher.locator('.tablebox tbody tr').first().innerText()
  must(/Items\s+0\s+0\s+3\s+0/.test(rows), `all three are the same: ${rows}`)
  await teacher.getByRole('button', { name: 'Put it away' }).click()
  await teacher.locator('input[type=file]').waitFor()
})

await ok('taking it back says first on how many answers it stands, and keeps the learner\'s work', async () => {
  await teacher.getByRole('button', { name: 'Take it back: marbles.xml' }).click()
  const dialog = teacher.getByRole('dialog')
  await dialog.getByText('1 answer of a learner stands on it').waitFor()
  await dialog.getByRole('button', { name: 'Take it back' }).click()
  await teacher.getByText(/Taken back today|Taken back/).first().waitFor()
  const gone = (await view(teacher, `/class/${cls}/preview/skill/${skill}`)).items
  must(gone.length === 0, `nobody is asked it any more: ${gone.length} items`)
})

await ok('a file that is none is refused in words, and nothing is written', async () => {
  const none = join(folder, 'letter.txt')
  writeFileSync(none, 'Dear all,\nhello\n')
  await teacher.goto(`${kith.base}/bring?class=${cls}`)
  await teacher.locator('input[type=file]').setInputFiles(none)
  await teacher.getByText('Kith cannot tell what letter.txt is').waitFor()
  await teacher.locator('main select').selectOption('moodle')
  await teacher.getByText('letter.txt holds nothing').waitFor()
  await teacher.getByRole('button', { name: 'Put it away' }).click()
  const broken = join(folder, 'broken.xml')
  writeFileSync(broken, '<quiz>\n<question type="numerical">\n<name></question>\n')
  await teacher.locator('input[type=file]').setInputFiles(broken)
  await teacher.getByText(/Line 3 of broken\.xml cannot be read/).waitFor()
  await teacher.getByRole('button', { name: 'Put it away' }).click()
  await teacher.locator('input[type=file]').waitFor()
})

await ok('an administrator brings a list of people on a phone, in the dark', async () => {
  const admin = await person('admin', kith.link('Ms Lindgren'), { width: 360, height: 740 }, { colorScheme: 'dark' })
  await admin.goto(`${kith.base}/bring`)
  const list = join(folder, 'new.csv')
  writeFileSync(list, 'given,family,role\nZola,Nkosi,learner\nPer,Ek,janitor\n')
  await admin.locator('input[type=file]').setInputFiles(list)
  await admin.getByText('This is what would come in.').waitFor()
  must(/janitor/.test(await admin.locator('main').innerText()), 'the line that is nobody is named')
  await admin.getByRole('button', { name: 'Take 1 person in' }).click()
  await admin.getByText('It is in.').waitFor()
  must(await admin.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out of a phone')
  must((await view(admin, '/admin')).people.some((p) => p.person.given === 'Zola'), 'Zola is of the school')
})

await end(0)
