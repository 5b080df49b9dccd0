import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SkillNeeds } from '../lib/api.gen.ts'
import { offers } from './prerequisites.tsx'

const skill = (id: string, ...needs: string[]): SkillNeeds => ({ id, title: id, needs: needs.map((n) => ({ id: n, title: n, source: 'author' })) })

test('a skill is offered what it does not need yet, and never itself', () => {
  const all = [skill('a'), skill('b', 'a'), skill('c')]
  assert.deepEqual(offers(all, all[1]!).map((s) => s.id), ['c'])
})
