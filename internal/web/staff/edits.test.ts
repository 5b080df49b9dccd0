import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlanEdit, StepLine } from '../lib/api.gen.ts'
import { editsOf, keyOf, lineOf, rowsOf } from './edits.ts'

const line = (key: string, must = false): StepLine => ({ key, kind: 'practice', where: 'screen', title: key, must, pinned: false, minutes: 0, reason: { code: 'reason.ready' }, status: 'todo' })

/** made does what package plan's Apply does. */
function made(lines: StepLine[], edits: PlanEdit[]): string[] {
  const keys = lines.map((l) => l.key)
  for (const e of edits) {
    if (e.act === 'drop') keys.splice(keys.indexOf(e.key!), 1)
    if (e.act === 'move') keys.splice(e.to, 0, ...keys.splice(keys.indexOf(e.key!), 1))
    if (e.act === 'add') keys.splice(e.to, 0, keyOf(e.step!))
  }
  return keys
}

test('editsOf: nothing changed asks for nothing', () => {
  const lines = [line('a'), line('b', true)]
  assert.deepEqual(editsOf(lines, rowsOf(lines)), [])
})

test('editsOf: any order, with lines out and in, is reached', () => {
  const lines = ['a', 'b', 'c', 'd', 'e'].map((k) => line(k))
  const fresh = { kind: 'meeting', skill: 's' } as const
  const rows = rowsOf(lines)
  const next = [rows[4]!, { line: lineOf(fresh, 'Together', true), must: true, step: fresh }, rows[0]!, { ...rows[1]!, out: true }, rows[3]!, rows[2]!]
  const edits = editsOf(lines, next)
  assert.deepEqual(made(lines, edits), ['e', 'meeting:s', 'a', 'd', 'c'])
  assert.equal(edits.filter((e) => e.act === 'drop').length, 1)
})

test('editsOf: must and may are said only where they changed', () => {
  const lines = [line('a', true), line('b')]
  const rows = rowsOf(lines).map((r) => ({ ...r, must: !r.must }))
  assert.deepEqual(editsOf(lines, rows).map((e) => `${e.act} ${e.key}`), ['may a', 'must b'])
})
