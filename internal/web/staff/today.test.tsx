import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { TodayPage } from '../lib/api.gen.ts'
import { inPile } from './today.tsx'

const stories = JSON.parse(readFileSync('internal/web/staff/today.story.json', 'utf8')) as { name: string; view: TodayPage }[]

test('inPile: a name on its way stands in the pile it goes to, and nowhere else', () => {
  const { view } = stories[1]!
  const from = view.piles[0]!, to = view.piles[1]!
  const who = from.members[0]!
  const going = { [who.id]: to.id, new1: to.id }
  const places = view.piles.map((p) => inPile(p, view, going).filter((m) => m.id === who.id).length)
  assert.deepEqual(places, view.piles.map((p) => (p.id === to.id ? 1 : 0)))
  assert.ok(inPile(to, view, going).some((m) => m.id === 'new1'), 'somebody new can be placed too')
  assert.deepEqual(inPile(from, view, {}).map((m) => m.id), from.members.map((m) => m.id))
})

test('stories: everyone stands in exactly one pile', () => {
  for (const { name, view } of stories) {
    const ids = view.piles.flatMap((p) => p.members.map((m) => m.id))
    assert.equal(new Set(ids).size, ids.length, name)
  }
})
