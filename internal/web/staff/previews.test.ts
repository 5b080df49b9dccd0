import assert from 'node:assert/strict'
import { test } from 'node:test'
import { previewOfStep } from './previews.ts'

test('every line of a plan leads to what it asks of a learner', () => {
  assert.equal(previewOfStep('c', { kind: 'lesson', lesson: 'l' }, 'u'), '/class/c/preview/lesson/l')
  assert.equal(previewOfStep('c', { kind: 'practice', skill: 's' }, 'u'), '/class/c/preview/skill/s')
  assert.equal(previewOfStep('c', { kind: 'meeting', skill: 's' }, 'u'), '/class/c/preview/skill/s')
  assert.equal(previewOfStep('c', { kind: 'activity', objective: 'o' }, 'u'), '/class/c/preview/unit/u#o')
  assert.equal(previewOfStep('c', { kind: 'unit_task' }, 'u'), '/class/c/preview/unit/u')
  assert.equal(previewOfStep('c', { kind: 'meeting' }, 'u'), '', 'a meeting about nothing in particular')
})
