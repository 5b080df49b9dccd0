// kit: what only a real browser can prove of internal/web/lib and ui: answers outlive a closed page, two tabs never send
// one op twice, tabs share one stream, things move by mouse, by finger and by keyboard, and the projector's letters fill
// the screen. The school here is a few
// lines of node that can be made busy; the walk has the real one.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import { start } from './browser.mjs'
import { policy, serve as serveStories, stories as list } from './stories.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const bundle = (await esbuild.build({
  stdin: { contents: "import * as send from './send.ts'; import { live } from './live.ts'; globalThis.kit = { ...send, live, heard: [] }; send.watch()", resolveDir: join(root, 'internal/web/lib'), loader: 'ts' },
  bundle: true, format: 'esm', write: false, jsx: 'automatic', jsxImportSource: 'preact', logLevel: 'warning',
})).outputFiles[0].text

/** school is a server that counts the ops it is sent and the streams it holds open. */
function school() {
  const state = { busy: false, slow: 0, posts: [], streams: new Map(), opened: 0, loads: 0, rev: 0 }
  const page = (rev) => ({ view: {}, revs: { 'class:1': rev }, self: '/api/v1/page/x', at: Date.now(), zone: 'UTC', locale: 'en', dir: 'ltr', me: { id: 'amina', name: 'Amina', role: 'learner' }, frame: { tabs: [], here: '' } })
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://x')
    const send = (status, type, body, more = {}) => response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': policy, ...more }).end(body)
    if (url.pathname === '/kit.js') return send(200, 'text/javascript', bundle)
    if (url.pathname === '/api/v1/page/x') { state.loads++; return send(200, 'application/json', JSON.stringify(page(state.rev))) }
    if (url.pathname === '/api/v1/live') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.write(': here\n\n')
      state.opened++
      state.streams.set(response, url.searchParams.get('after'))
      response.on('close', () => state.streams.delete(response))
      return undefined
    }
    if (request.method === 'POST') {
      let text = ''
      for await (const part of request) text += part
      if (state.busy) return send(503, 'application/problem+json', '{"status":503,"kind":"unavailable","say":{"code":"fault.busy"}}', { 'Retry-After': '1' })
      state.posts.push(JSON.parse(text))
      if (state.slow) await new Promise((done) => { setTimeout(done, state.slow) })
      return send(200, 'application/json', '{}')
    }
    return send(200, 'text/html', `<!doctype html><html lang="en"><head><title>kit</title><link rel="icon" href="data:,"><script type="module" src="/kit.js"></script></head><body><script type="application/json" id="page">${JSON.stringify(page(state.rev))}</script></body></html>`)
  })
  state.tell = (event, data) => { for (const stream of state.streams.keys()) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`) }
  return { state, server }
}

const until = async (what, test, ms = 10_000) => {
  const end = Date.now() + ms
  while (!(await test())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((done) => { setTimeout(done, 50) })
  }
}

const { state, server } = school()
await new Promise((done) => { server.listen(0, '127.0.0.1', done) })
const base = `http://127.0.0.1:${server.address().port}`
const stories = await serveStories()
const browser = await start({ hasTouch: true })
const { context } = browser
const open = async (path = '/') => {
  const page = await context.newPage()
  await page.goto(base + path)
  await page.waitForFunction(() => globalThis.kit)
  return page
}
const answer = (page, n) => page.evaluate((n) => globalThis.kit.send('/api/v1/attempt', { n }, { keep: true }), n)
const waiting = (page) => page.evaluate(() => globalThis.kit.waiting.value)
const onlyOnce = () => assert.equal(new Set(state.posts.map((p) => p.op)).size, state.posts.length, 'an op was sent twice')

const cases = {
  async 'answers given to a busy school outlive the page and arrive once'() {
    state.busy = true
    const page = await open()
    for (const n of [1, 2, 3]) assert.deepEqual(await answer(page, n), { ok: false, kept: true })
    assert.equal(await waiting(page), 3)
    await page.close()
    const later = await open()
    await until('the unsent are counted', async () => (await waiting(later)) === 3)
    state.busy = false
    await until('they are sent', async () => (await waiting(later)) === 0)
    assert.deepEqual(state.posts.map((p) => p.n), [1, 2, 3])
    onlyOnce()
    await later.close()
  },

  async 'what became of a late answer is told once: in the tab that asks, or after a reload'() {
    state.busy = true
    const page = await open()
    const late = (p) => p.evaluate(() => globalThis.kit.arrived.value.map((e) => e.show))
    await page.evaluate(() => globalThis.kit.send('/api/v1/attempt', { n: 4 }, { keep: true, show: 'four' }))
    await page.close()
    state.busy = false
    const later = await open()
    await until('it is told', async () => (await late(later)).length === 1)
    await later.reload()
    await later.waitForFunction(() => globalThis.kit)
    const other = await open()
    for (const tab of [later, other]) await until('every tab knows of it', async () => (await late(tab)).join() === 'four')
    await later.evaluate(() => globalThis.kit.putAway(globalThis.kit.arrived.value[0].op))
    for (const tab of [later, other]) await until('it is seen once', async () => (await late(tab)).length === 0)
    assert.equal(state.posts.filter((p) => p.n === 4).length, 1)
    await later.close()
    await other.close()
  },

  async 'a page closed before the school answered sends again with the same op'() {
    state.posts.length = 0
    state.slow = 3000
    const page = await open()
    await page.evaluate(() => { void globalThis.kit.send('/api/v1/attempt', { n: 9 }, { keep: true }) })
    await until('it was sent', () => state.posts.length === 1)
    await page.close()
    state.slow = 0
    const later = await open()
    await until('it was sent again', () => state.posts.length === 2)
    assert.equal(state.posts[0].op, state.posts[1].op)
    await until('it is acknowledged', async () => (await waiting(later)) === 0)
    await later.close()
  },

  async 'two tabs with one outbox send every op once'() {
    state.posts.length = 0
    state.busy = true
    const tabs = [await open(), await open()]
    for (let n = 0; n < 6; n++) await answer(tabs[n % 2], n)
    state.busy = false
    state.slow = 30
    await Promise.all(tabs.map((tab) => tab.evaluate(() => globalThis.kit.flush())))
    await until('both are empty', async () => (await waiting(tabs[0])) + (await waiting(tabs[1])) === 0)
    state.slow = 0
    assert.equal(state.posts.length, 6)
    onlyOnce()
    for (const tab of tabs) await tab.close()
  },

  async 'offline is said, and the answer goes out when the net is back'() {
    state.posts.length = 0
    const page = await open()
    await context.setOffline(true)
    assert.deepEqual(await answer(page, 1), { ok: false, kept: true })
    assert.equal(await page.evaluate(() => globalThis.kit.offline.value), true)
    await context.setOffline(false)
    await until('it is sent', async () => (await waiting(page)) === 0)
    assert.equal(await page.evaluate(() => globalThis.kit.offline.value), false)
    assert.equal(state.posts.length, 1)
    await page.close()
  },

  async 'tabs share one stream; when its tab closes another goes on from what was seen'() {
    const listen = (tab) => tab.evaluate(() => { globalThis.kit.live((change) => globalThis.kit.heard.push(change?.rev ?? 'resync')) })
    const heard = (tab) => tab.evaluate(() => globalThis.kit.heard)
    const first = await open()
    await listen(first)
    await until('a stream is open', () => state.streams.size === 1)
    const second = await open()
    await listen(second)
    await new Promise((done) => { setTimeout(done, 300) })
    assert.equal(state.opened, 1)
    state.tell('change', { topic: 'class:1', rev: 1, kind: 'hand', data: {} })
    state.tell('change', { topic: 'class:1', rev: 1, kind: 'hand', data: {} })
    await until('both have heard', async () => (await heard(first)).length > 0 && (await heard(second)).length > 0)
    assert.deepEqual([await heard(first), await heard(second)], [[1], [1]])
    await first.close()
    await until('the other listens', () => state.streams.size === 1 && state.opened === 2)
    assert.deepEqual([...state.streams.values()], ['class:1@1'])
    state.rev = 5
    state.tell('resync', {})
    await until('the view is loaded anew', async () => (await heard(second)).includes('resync'))
    assert.equal(state.loads, 1)
    for (const stream of state.streams.keys()) stream.destroy()
    await until('a lost stream is opened again', () => state.streams.size === 1 && state.opened === 3)
    assert.deepEqual([...state.streams.values()], ['class:1@5'])
    await second.evaluate(() => { Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }); document.dispatchEvent(new Event('visibilitychange')) })
    await until('a hidden tab lets go', () => state.streams.size === 0)
    await second.close()
  },

  async 'a person moves by mouse, by finger and by keyboard'() {
    const page = await context.newPage()
    await page.setViewportSize({ width: 1366, height: 900 })
    await page.goto(`${stories.base}/stories/ui/kit/2`)
    const chip = page.locator('[data-drag="Amina Guerra"]')
    const place = (name) => page.locator(`[data-drop="${name}"]`)
    const within = (name) => place(name).locator('[data-drag="Amina Guerra"]').count()
    assert.equal(await within('sit'), 1)
    const middle = async (of) => { const b = await of.boundingBox(); return { x: b.x + b.width / 2, y: b.y + b.height / 2 } }

    let from = await middle(chip), to = await middle(place('carry'))
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x + 30, from.y + 5, { steps: 3 })
    assert.equal(await page.locator('.ghost').count(), 1)
    await page.mouse.move(to.x, to.y, { steps: 5 })
    assert.equal(await page.locator('[data-drop].over').count(), 1)
    await page.mouse.up()
    assert.equal(await within('carry'), 1)
    assert.equal(await page.locator('.ghost').count(), 0)

    from = await middle(chip)
    to = await middle(place('deeper'))
    const finger = await context.newCDPSession(page)
    const touch = (type, at) => finger.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] })
    await touch('touchStart', from)
    for (let i = 1; i <= 5; i++) await touch('touchMove', { x: from.x + ((to.x - from.x) * i) / 5, y: from.y + ((to.y - from.y) * i) / 5 })
    await touch('touchEnd')
    assert.equal(await within('deeper'), 1)

    await chip.focus()
    await page.keyboard.press('Enter')
    assert.equal(await chip.getAttribute('aria-pressed'), 'true')
    await place('sit').getByRole('button', { name: 'Move Amina Guerra here' }).press('Enter')
    await until('she has moved', async () => (await within('sit')) === 1)
    await until('focus is on her', () => chip.evaluate((el) => el === document.activeElement))
    await page.close()
  },

  async 'the dialog takes focus, closes with Escape and gives focus back'() {
    const page = await context.newPage()
    await page.goto(`${stories.base}/stories/ui/kit/3`)
    const opener = page.getByRole('button', { name: 'Open a dialog' })
    await opener.click()
    await page.locator('dialog[open] textarea').waitFor()
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'TEXTAREA')
    await page.keyboard.press('Escape')
    await until('it is closed', async () => (await page.locator('dialog[open]').count()) === 0)
    assert.equal(await opener.evaluate((el) => el === document.activeElement), true)
    await page.close()
  },

  async 'a choice that the school did not take shows what holds'() {
    const page = await context.newPage()
    await page.setViewportSize({ width: 1366, height: 768 })
    const told = list().find((s) => s.page === 'staff/units' && (s.story.view.units ?? []).some((u) => u.dial === 'required'))
    await page.goto(`${stories.base}/stories/staff/units/${told.n}`)
    await page.route('**/api/v1/**', (route) => route.abort())
    await page.locator('input[type=radio][value=pick]').first().click()
    await page.locator('.errorbox').waitFor()
    assert.equal(await page.locator('input[type=radio][value=required]').first().isChecked(), true)
    await page.close()
  },

  async 'what had the focus goes away: the heading of its part has it, and once that is gone, one of the page'() {
    const page = await context.newPage()
    await page.goto(`${stories.base}/stories/ui/kit/3`)
    await page.getByRole('button', { name: 'Open a dialog' }).waitFor()
    await page.evaluate(() => {
      const part = document.createElement('section')
      part.id = 'part'
      part.innerHTML = '<h2>Questions</h2><ul><li><button>Used</button></li></ul>'
      document.querySelector('main').append(part)
    })
    await page.locator('#part button').focus()
    await page.evaluate(() => document.querySelector('#part li').remove())
    await until('the heading has it', () => page.locator('#part h2').evaluate((el) => el === document.activeElement))
    await page.evaluate(() => document.querySelector('#part').remove())
    await until('a heading of the page has it', () => page.evaluate(() => /^H[123]$/.test(document.activeElement.tagName)))
    await page.close()
  },

  async 'a map moves by mouse, is sized by key, wheel and two fingers, opens with Enter, and prints whole'() {
    const page = await context.newPage()
    await page.setViewportSize({ width: 1280, height: 800 })
    const large = list().find((s) => s.page === 'learner/map' && s.story.view.map?.skills.length === 400)
    await page.goto(`${stories.base}/stories/learner/map/${large.n}`)
    const at = page.locator('[role="option"][aria-selected="true"]')
    await at.waitFor()
    const scroll = () => page.locator('.map-view').evaluate((el) => [el.scrollLeft, el.scrollTop])
    const wide = () => page.locator('.map-svg').evaluate((el) => el.getBoundingClientRect().width)
    const box = await page.locator('.map-view').boundingBox()
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }

    const [chosen, before] = [await at.locator('title').textContent(), await scroll()]
    await page.mouse.move(middle.x, middle.y)
    await page.mouse.down()
    await page.mouse.move(middle.x - 60, middle.y - 90, { steps: 5 })
    await page.mouse.up()
    assert.deepEqual(await scroll(), [before[0] + 60, before[1] + 90])
    assert.equal(await at.locator('title').textContent(), chosen, 'a drag chose something')

    const full = await wide()
    await at.focus()
    await page.keyboard.press('+')
    await until('it is larger', async () => Math.abs((await wide()) - full * 1.25) < 2)
    await page.keyboard.press('0')
    await until('all of it is seen', async () => page.locator('.map-view').evaluate((el) => el.scrollWidth <= el.clientWidth && el.scrollHeight <= el.clientHeight + 1))
    const small = await wide()
    await page.mouse.move(middle.x, middle.y)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -200)
    await page.keyboard.up('Control')
    await until('the wheel makes it larger', async () => (await wide()) > small * 2)
    assert.equal(await page.evaluate(() => visualViewport.scale), 1)

    const fingers = await context.newCDPSession(page)
    const touch = (type, apart) => fingers.send('Input.dispatchTouchEvent', { type, touchPoints: apart ? [{ x: middle.x - apart, y: middle.y, id: 0 }, { x: middle.x + apart, y: middle.y, id: 1 }] : [] })
    const held = await wide()
    await touch('touchStart', 60)
    for (const apart of [70, 80, 90, 100, 110, 120]) await touch('touchMove', apart)
    await touch('touchEnd')
    await until('two fingers make it larger', async () => (await wide()) > held * 1.5)
    assert.equal(await page.evaluate(() => visualViewport.scale), 1)

    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    const printed = await page.locator('.map-sheet').evaluateAll((all) => ({ sheets: all.length, spots: all[0].querySelectorAll('.map-spot').length }))
    assert.ok(printed.sheets > 1 && printed.spots === 400, JSON.stringify(printed))
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    assert.equal(await page.locator('.map-sheet').count(), 0)

    await at.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/practice/*')
    await page.close()
  },

  async 'the projector shows everybody at once, in letters of a twentieth of the screen or more'() {
    const page = await context.newPage()
    const running = list().filter((s) => s.page === 'staff/room' && s.story.view.places?.length > 0)
    assert.ok(running.some((s) => s.story.view.places.length === 7 && s.story.view.places.flatMap((p) => p.names).length === 30))
    for (const { n, name, story } of running) {
      for (const [width, height] of [[1920, 1080], [1366, 768]]) {
        await page.setViewportSize({ width, height })
        await page.goto(`${stories.base}/stories/staff/room/${n}`)
        await page.evaluate(() => document.fonts.ready)
        await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)) }))
        const at = await page.evaluate(() => {
          const names = [...document.querySelectorAll('.place li')]
          const outside = [...names, ...document.querySelectorAll('.place')].filter((el) => { const r = el.getBoundingClientRect(); return r.bottom > innerHeight || r.right > innerWidth || r.left < 0 })
          return { shown: names.length, outside: outside.map((el) => el.textContent), scrolls: document.scrollingElement.scrollHeight > innerHeight, size: parseFloat(getComputedStyle(names[0]).fontSize) }
        })
        const told = `${name} at ${width} by ${height}`
        assert.equal(at.shown, story.view.places.flatMap((p) => p.names).length, told)
        assert.deepEqual([at.outside, at.scrolls], [[], false], told)
        assert.ok(at.size >= height / 20, `${told}: ${at.size} px`)
      }
    }
    await page.close()
  },
}

let failed = 0
for (const [name, run] of Object.entries(cases)) {
  try { await run(); console.log(`ok     ${name}`) } catch (err) { failed++; console.log(`FAILED ${name}\n       ${err.stack}`); state.busy = false; state.slow = 0; await context.setOffline(false) }
}
await browser.close()
await stories.close()
server.closeAllConnections()
server.close()
console.log(`kit: ${Object.keys(cases).length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
