import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ItemDid, ItemFinding, ItemsPage } from '../lib/api.gen.ts'
import { sorted } from './items.tsx'

const did = (item: string, learners: number, ...kinds: ItemFinding['kind'][]): ItemDid =>
  ({ item, text: [], learners, right: 0, accepted: 0, helped: 0, looked: 0, waiting: 0, unlearned: 0, median_s: 0, unnamed: 0, mistakes: [], findings: kinds.map((kind) => ({ kind })) })

test('the gravest comes first, and what few have met is not called well', () => {
  const view: Pick<ItemsPage, 'skills' | 'least'> = { least: 20, skills: [{ skill: { id: 's', title: 'S', items: 4 }, items: [did('easy', 40, 'easy'), did('well', 20), did('few', 19), did('key', 40, 'backwards', 'easy')] }] }
  const { look, well, few } = sorted(view)
  assert.deepEqual([look, well, few].map((l) => l.map((i) => i.of.item)), [['key', 'easy'], ['well'], ['few']])
})
