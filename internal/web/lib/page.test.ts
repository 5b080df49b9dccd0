import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { page, refresh, reload, setPage } from './page.ts'

/** school answers with a view that counts, each after ms. */
function school(context: TestContext, ms: number) {
  let n = 0
  return context.mock.method(globalThis, 'fetch', async () => {
    const at = ++n
    await new Promise((done) => { setTimeout(done, ms) })
    return Response.json({ view: at, revs: { 'class:1': at } })
  }).mock
}

test('reload: what is asked for during a load is loaded once more after it', async (context) => {
  setPage({ self: '/api/v1/page/x' })
  const asked = school(context, 10)
  await Promise.all([reload(), reload(), reload()])
  assert.equal(asked.callCount(), 2)
  assert.equal(page.value.view, 2)
})

test('reload: the old view stays when the school cannot be reached', async (context) => {
  setPage({ self: '/api/v1/page/x', view: 'old' })
  context.mock.method(globalThis, 'fetch', () => Promise.reject(new TypeError('no route')))
  assert.equal(await reload(), false)
  assert.equal(page.value.view, 'old')
})

test('refresh: a burst of changes makes two loads', async (context) => {
  setPage({ self: '/api/v1/page/x' })
  const asked = school(context, 1)
  refresh()
  await new Promise((done) => { setTimeout(done, 50) })
  for (let i = 0; i < 20; i++) refresh()
  await new Promise((done) => { setTimeout(done, 600) })
  assert.equal(asked.callCount(), 2)
})
