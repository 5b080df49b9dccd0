import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setPage } from './page.ts'
import { here } from './presence.ts'

const skill = '01980000-0000-7000-8000-000000000001'

test('here names the page and the skill that it is about', () => {
  setPage({ self: `/api/v1/page/practice/${skill}?go_on=true`, view: { skill: { id: skill } } })
  assert.deepEqual(here(), { page: 'practice', skill })
  setPage({ self: '/api/v1/page/home', view: { where: {} } })
  assert.deepEqual(here(), { page: 'home' })
  setPage({ self: `/api/v1/page/lesson/${skill}`, view: { skills: [{ id: skill }] } })
  assert.deepEqual(here(), { page: 'lesson', skill })
  setPage({ self: `/api/v1/page/unit/${skill}/check`, view: { asked: null } })
  assert.deepEqual(here(), { page: 'check' })
})

test('here says nothing of a view whose skill is only a title', () => {
  setPage({ self: `/api/v1/page/exit/${skill}`, view: { skill: 'Unit rates' } })
  assert.deepEqual(here(), { page: 'exit' })
  setPage({ self: '', view: null })
  assert.deepEqual(here(), { page: '' })
})
