import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SkillNeeds } from '../lib/api.gen.ts'
import { meaning } from './needs.ts'

const skill = (id: string, ...needs: string[]): SkillNeeds => ({ id, title: id.toUpperCase(), needs: needs.map((n) => ({ id: n, title: n, source: 'author' })) })
const all = [skill('a'), skill('b', 'a'), skill('c', 'b', 'outside'), skill('d')]

test('a line that closes a circle is named all the way round', () => {
  assert.deepEqual(meaning(all, 'c', 'a'), { kind: 'circle', round: ['A', 'B', 'C', 'A'] })
  assert.deepEqual(meaning(all, 'd', 'd'), { kind: 'circle', round: ['D', 'D'] })
})

test('a line that stands is known, another can be drawn, also where it follows from others', () => {
  assert.deepEqual(meaning(all, 'a', 'b'), { kind: 'stands' })
  assert.deepEqual(meaning(all, 'a', 'c'), { kind: 'new' })
  assert.deepEqual(meaning(all, 'd', 'a'), { kind: 'new' })
})
