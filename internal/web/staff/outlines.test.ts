import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Draft, addObjective, addSkill, begin, beside, dropped, leaveOut, moved, moveObjective, moveSkill, named, onto, putBack, stepSkill, told, tooEarly, wanted } from './outlines.ts'

/** unit reads "A: a b | B: c" into a view. */
const unit = (said: string, aside = '', loose = '', needs: Record<string, string[]> = {}) => {
  const skill = (id: string) => ({ id, title: `Skill ${id}`, items: 1, needs: needs[id] ?? [] })
  const parts = (s: string) => s.split('|').filter((x) => x.trim()).map((x) => {
    const [name, skills] = x.split(':') as [string, string]
    return { id: name.trim(), title: `About ${name.trim()}`, i_can: 'I can.', lesson: '', skills: skills.trim().split(/\s+/).filter(Boolean).map(skill) }
  })
  return { title: 'Unit', objectives: parts(said), aside: parts(aside), loose: loose.split(/\s+/).filter(Boolean).map(skill) }
}
const written = (d: Draft) => d.parts.map((p) => `${p.key}: ${p.skills.map((s) => s.key).join(' ')}`).join(' | ')
const left = (d: Draft) => `${d.aside.map((p) => `${p.key}: ${p.skills.map((s) => s.key).join(' ')}`).join(' | ')}; ${d.loose.map((s) => s.key).join(' ')}`
const said = (was: Draft, now: Draft) => told(was, now).map(([k, n]) => `${n} ${k}`).join(', ')

test('a skill steps through its objective and over the edge into the next one', () => {
  const d = begin(unit('A: a b | B: c'))
  assert.equal(written(stepSkill(d, 'b', -1)), 'A: b a | B: c')
  assert.equal(written(stepSkill(d, 'b', 1)), 'A: a | B: b c')
  assert.equal(written(stepSkill(d, 'c', -1)), 'A: a b c | B: ')
  assert.equal(stepSkill(d, 'a', -1), d)
  assert.equal(stepSkill(d, 'c', 1), d)
})

test('what is let go over a skill takes its place, over an objective it comes last, over what is left out it goes there', () => {
  const d = begin(unit('A: a b c | B: d', 'C: e', 'f'))
  assert.equal(written(dropped(d, 'a', 'c')), 'A: b c a | B: d')
  assert.equal(written(dropped(d, 'c', 'a')), 'A: c a b | B: d')
  assert.equal(written(dropped(d, 'a', 'd')), 'A: b c | B: a d')
  assert.equal(written(dropped(d, 'a', 'B')), 'A: b c | B: d a')
  assert.equal(written(dropped(d, 'B', 'b')), 'B: d | A: a b c')
  assert.equal(written(dropped(d, 'C', 'A')), 'C: e | A: a b c | B: d')
  assert.equal(written(dropped(d, 'f', 'b')), 'A: a f b c | B: d')
  const out = dropped(d, 'd', 'out')
  assert.equal(`${written(out)}; ${left(out)}`, 'A: a b c | B: ; C: e; f d')
  assert.equal(dropped(d, 'a', 'nowhere'), d)
})

test('what is left out stands aside and comes back; what was only just made is gone', () => {
  let d = begin(unit('A: a b | B: c'))
  const was = d
  d = leaveOut(leaveOut(d, 'b'), 'B')
  assert.equal(`${written(d)}; ${left(d)}`, 'A: a; B: c; b')
  assert.equal(said(was, d), '2 out')
  const back = putBack(moveSkill(d, 'b', 'A'), 'B')
  assert.equal(written(back), written(was))
  assert.equal(said(was, back), '')
  const [added, key] = addSkill(was, 'A')
  assert.equal(said(was, added), '1 skills')
  assert.equal(left(leaveOut(added, key)), '; ')
  const [more, part] = addObjective(was)
  assert.equal(said(was, more), '1 objectives, 1 skills')
  const holding = moveSkill(more, 'c', part)
  assert.equal(left(leaveOut(holding, part)), '; c')
})

test('whoever leaves something out goes on beside it', () => {
  const d = begin(unit('A: a b | B: c'))
  assert.deepEqual(['a', 'b', 'c', 'A', 'B'].map((k) => beside(d, k)), ['b', 'a', 'B', 'B', 'A'])
})

test('a draft says what it changes: the fewest moves, new lines, names', () => {
  const was = begin(unit('A: a b c | B: d | C: e', 'D: f', 'g'))
  assert.equal(said(was, moveObjective(was, 'A', 2)), '1 moved')
  assert.equal(said(was, stepSkill(was, 'c', 1)), '1 moved')
  assert.equal(said(was, moveSkill(was, 'a', 'A', 2)), '1 moved')
  assert.equal(said(was, named(named(was, 'A', { title: 'Else' }), 'b', { title: 'Else' })), '2 renamed')
  assert.equal(said(was, named(was, 'A', { iCan: 'I can else.' })), '1 renamed')
  assert.equal(said(was, { ...was, title: 'Else' }), '1 renamed')
  assert.equal(said(was, moveSkill(was, 'g', 'B')), '1 back')
  assert.equal(said(was, was), '')
  assert.deepEqual(moved(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c']), ['d'])
})

test('an order that contradicts what needs what is said beside the skill', () => {
  const d = begin(unit('A: a b | B: c', '', '', { b: ['a'], c: ['b'] }))
  assert.equal(tooEarly(d).size, 0)
  assert.deepEqual([...tooEarly(moveObjective(d, 'B', 0))], [['c', ['Skill b']]])
  assert.equal(tooEarly(leaveOut(d, 'a')).size, 0)
})

test('a skill that stands twice is two lines, and both are sent', () => {
  const d = begin(unit('A: a b | B: b'))
  assert.equal(written(d), 'A: a b | B: b.2')
  assert.deepEqual(wanted(stepSkill(d, 'a', 1))[1], { id: 'B', title: 'About B', i_can: 'I can.', skills: [{ id: 'b', title: 'Skill b' }] })
})

test('a draft of an earlier state is laid onto the unit as it is now, and what came since stands aside', () => {
  const mine = named(moveSkill(begin(unit('A: a b | B: c')), 'b', 'B'), 'a', { title: 'Mine' })
  const now = begin(unit('B: c x | E: y', 'A: a b'))
  const d = onto(addSkill(mine, 'A')[0], now)
  assert.equal(`${written(d)}; ${left(d)}`, 'A: a new-1 | B: c b; E: y; x')
  assert.equal(d.parts[0]!.skills[0]!.title, 'Mine')
  const less = onto(mine, begin(unit('B: c')))
  assert.equal(`${written(less)}; ${left(less)}`, 'B: c; ; ')
})
