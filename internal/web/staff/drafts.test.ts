import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Form, around, axesFor, choicesOf, derive, fix, fixedAnswer, freeName, guess, mathsFollow, nothing, numbersIn, toDraft, toForm, vary, withKind } from './drafts.ts'

const bags: Form = { ...nothing, text: 'Ana has 3 bags with 4 apples each. How many apples?', answer: '12 apples' }
const varied = () => { const one = vary(bags, numbersIn(bags.text)[0]!); return vary(one, numbersIn(one.text)[0]!) }

test('guess: the kind comes from the answer', () => {
  const cases: [string, string, string, string][] = [
    ['12', 'number', '12', ''], ['-3.5', 'number', '-3.5', ''], ['1,200', 'number', '1,200', ''], ['12 apples', 'number', '12', 'apples'], ['$5', 'number', '5', '$'], ['40%', 'number', '40', '%'], ['3 m', 'number', '3', 'm'],
    ['3/4', 'fraction', '3/4', ''], ['1 3/4 cups', 'fraction', '1 3/4', 'cups'], ['x+2', 'expression', 'x+2', ''], ['3x', 'expression', '3x', ''], ['2(x+1)', 'expression', '2(x+1)', ''],
    ['x = 4', 'equation', 'x = 4', ''], ['x > 2', 'equation', 'x > 2', ''], ['a*b', 'number', 'a*b', ''], ['', 'number', '', ''],
    ['seven\nthree', 'choice', '', ''], ['*2\n*3\n4', 'choices', '', ''],
  ]
  for (const [answer, kind, value, unit] of cases) assert.deepEqual(guess(answer, ['a', 'b']), { kind, value, unit }, answer)
})

test('choicesOf: a star marks what is right, else the first line', () => {
  assert.deepEqual(choicesOf('seven\n\n three '), [{ text: 'seven', right: true }, { text: 'three', right: false }])
  assert.deepEqual(choicesOf('three\n* seven\n**bold**'), [{ text: 'three', right: false }, { text: 'seven', right: true }, { text: '**bold**', right: false }])
})

test('numbersIn: whole numbers that stand for themselves', () => {
  assert.deepEqual(numbersIn('3 bags, 4.5 kg, 1,000 m, x2, [[a+1]] and $5x+\\frac{7}{8}$').map((p) => p.value), [3, 5, 7, 8])
  assert.deepEqual(around(4), { from: 2, to: 9, step: 1 })
  assert.deepEqual(around(60), { from: 30, to: 120, step: 10 })
  assert.deepEqual(around(0), { from: 0, to: 8, step: 1 })
})

test('vary: two taps make the answer follow, and a third takes one back', () => {
  const f = varied()
  assert.equal(f.text, 'Ana has [[a]] bags with [[b]] apples each. How many apples?')
  const d = toDraft(f, 's')
  assert.equal(d.key, 'a*b')
  assert.equal(d.unit, 'apples')
  assert.deepEqual(d.draw, [{ name: 'a', from: 2, to: 9 }, { name: 'b', from: 2, to: 9 }])
  const back = fix(f, 'a')
  assert.equal(back.text, 'Ana has 3 bags with [[b]] apples each. How many apples?')
  assert.equal(toDraft(back, 's').key, 'b*3')
  assert.equal(toDraft(fix(back, 'b'), 's').key, '12')
})

test('toDraft: a wrong answer follows from the numbers as the right one does', () => {
  const d = toDraft({ ...varied(), wrong: [{ answer: '7', tag: 'add', nudge: 'You added.' }] }, 's')
  assert.deepEqual(d.mistakes, [{ tag: 'add', near: '', nudge: 'You added.', yields: ['a+b'] }])
})

test('derive: quotients stay whole, differences stay above zero', () => {
  const shared = vary({ ...nothing, text: 'Share 12 plums.  3 friends.', answer: '4' }, { value: 12, start: 6, end: 8 })
  const d = toDraft(shared, 's')
  assert.equal(d.key, 'a/3')
  assert.deepEqual(d.keep, ['isint(a/3)'])
  assert.deepEqual(derive([{ name: 'a', from: 0, to: 9, step: 1, was: 9 }], [5], 4), ['a-5'])
  assert.deepEqual(derive([{ name: 'a', from: 0, to: 9, step: 1, was: 9 }], [5], 1000), [])
})

test('fixedAnswer: drawn numbers with one answer for all are asked about', () => {
  assert.equal(fixedAnswer(bags), false)
  assert.equal(fixedAnswer(varied()), false)
  assert.equal(fixedAnswer({ ...varied(), key: '' }), true)
  assert.equal(fixedAnswer({ ...varied(), key: 'a*4' }), false)
})

test('mathsFollow: numbers in mathematics follow too, and letters of the text are left alone', () => {
  let f: Form = { ...nothing, text: 'Simplify $3x+4x$.', answer: '7x' }
  assert.equal(freeName({ ...f, text: 'Simplify $3a+4a$.' }), 'b')
  f = vary(f, numbersIn(f.text)[0]!)
  f = vary(f, numbersIn(f.text)[0]!)
  assert.equal(mathsFollow(f, f.answer), '[[a+b]]x')
  assert.equal(toDraft(f, 's').key, '[[a+b]]x')
})

test('toForm: a draft that was read and sent again is the same', () => {
  const d = toDraft({ ...varied(), wrong: [{ answer: '7', tag: 'add', nudge: 'You added.' }], hints: ['Draw it.'], solution: 'So.' }, 's')
  assert.deepEqual(toDraft(toForm(d), 's'), d)
  const c = toDraft({ ...nothing, text: 'Which?', answer: 'three\n*seven', said: [{ tag: 'less', nudge: 'Count on.' }] }, 's')
  assert.deepEqual(toDraft(toForm(c), 's'), c)
})

test('axes to begin with have room for the answer, and a draft keeps them where its kind is placed', () => {
  for (const [kind, answer, axes] of [
    ['numberline', '3/4', '0..2 by 1 snap 1/4'], ['numberline', '-4, 3', '-10..10 by 2 snap 1'], ['numberline', '', '0..10 by 1'], ['interval', 'x >= 3', '-10..10 by 2 snap 1'],
    ['plane', '(3, 12)', 'x 0..10 by 1, y 0..20 by 2 snap 1'], ['plane', 'y = 2x', 'x 0..10 by 1, y 0..10 by 1'], ['numberline', '300', '0..500 by 50'],
  ] as const) assert.equal(axesFor(kind, answer), axes)
  const form = withKind({ ...nothing, text: 'Where?', answer: '3/4' }, 'numberline')
  assert.equal(toDraft(form, 's').axes, '0..2 by 1 snap 1/4')
  assert.equal(toDraft(withKind(form, 'fraction'), 's').axes, '')
  assert.equal(toForm(toDraft(form, 's')).rest.axes, '0..2 by 1 snap 1/4')
})

test('what is arranged is guessed, and comes back as it was typed', () => {
  const cases: [string, string, string[], number[], string[]][] = [
    ['1. 0.5\n2. 3/4\n3) 0.8', 'ordering', [], [0, 0, 0], ['0.5', '3/4', '0.8']],
    ['half -> 1/2\nthird → 1/3\n-> 2', 'matching', ['half', 'third'], [0, 1, -1], ['1/2', '1/3', '2']],
    ['2/4 -> equal\n3/4 -> less\n5/10 -> equal\n-> more', 'sorting', ['equal', 'less', 'more'], [0, 1, 0], ['2/4', '3/4', '5/10']],
  ]
  for (const [answer, kind, groups, at, texts] of cases) {
    const d = toDraft({ ...nothing, text: 'So?', answer }, 's')
    assert.equal(d.kind, kind, answer)
    assert.deepEqual(d.groups, groups)
    assert.deepEqual(d.options.map((o) => o.group), at)
    assert.deepEqual(d.options.map((o) => o.text), texts)
    const again = toDraft(toForm(d), 's')
    assert.deepEqual([...again.options].sort((a, b) => (a.text < b.text ? -1 : 1)).map((o) => [o.text, again.groups[o.group]]), [...d.options].sort((a, b) => (a.text < b.text ? -1 : 1)).map((o) => [o.text, d.groups[o.group]]))
    assert.deepEqual(again.groups, groups)
  }
  assert.equal(guess('1. one\n2. two', []).kind, 'choice')
  assert.equal(guess('x -> 2\nseven', []).kind, 'choice')
})

test('what is said of a misplaced thing stays with it, and a whole other order has numbers', () => {
  const f = { ...nothing, text: 'So?', answer: '2 -> even\n3 -> odd\n4 -> even', said: [{ tag: '', nudge: '' }, { tag: 'half', nudge: 'Half of 3?' }, { tag: '', nudge: '' }] }
  const d = toDraft(f, 's')
  assert.deepEqual(d.options.map((o) => o.nudge), ['', 'Half of 3?', ''])
  const again = toForm(d) // by groups: 2, 4, 3
  assert.deepEqual([again.answer, again.said[2]!.nudge], ['2 -> even\n4 -> even\n3 -> odd', 'Half of 3?'])
  const order = toDraft({ ...nothing, text: 'So?', answer: '1. a\n2. b\n3. c', wrong: [{ answer: '3, 2, 1', tag: 'reversed', nudge: 'Which first?' }] }, 's')
  assert.deepEqual(order.mistakes[0]!.yields, ['3', '2', '1'])
  assert.equal(toForm(order).wrong[0]!.answer, '3 2 1')
})

test('places on a picture come back as they were drawn; names that were written first wait for theirs', () => {
  const area = { x: 1, y: 2, width: 3, height: 4 }
  const begun = withKind({ ...nothing, text: 'Tap.', answer: '*left\nright' }, 'hotspot')
  assert.deepEqual(begun.spots!.map((s) => [s.text, s.right, s.area]), [['left', true, undefined], ['right', false, undefined]])
  const d = toDraft({ ...begun, spots: begun.spots!.map((s, i) => ({ ...s, area, ...(i === 1 && { tag: 't', nudge: 'Look?' }) })), rest: { ...begun.rest, picture: '!image x | y' } }, 's')
  const again = toDraft(toForm(d), 's')
  assert.deepEqual(again.options, d.options)
  assert.deepEqual(again.options.map((o) => [o.text, o.right, o.area, o.nudge]), [['left', true, area, ''], ['right', false, area, 'Look?']])
  assert.equal(again.picture, '!image x | y')
})

test('guess: points and intervals by their brackets; axes come along', () => {
  const cases: [string, string][] = [['(3, −2)', 'plane'], ['(3, -2), (0, 1)', 'plane'], ['(1/2; 3)', 'plane'], ['[−2, 5)', 'interval'], ['(2, 5]', 'interval'], ['(−∞, 3]', 'interval'], ['(0, ∞)', 'interval'], ['[0,1] or [3,4]', 'interval'], ['(x+1)', 'expression'], ['2(3, 4)', 'expression'], ['[2, 3', 'expression']]
  for (const [answer, kind] of cases) assert.equal(guess(answer, []).kind, kind, answer)
  assert.equal(toDraft({ ...nothing, text: 'Where?', answer: '(3, −2)' }, 's').axes, axesFor('plane', '(3, −2)'))
  assert.equal(toDraft({ ...nothing, text: 'Where?', answer: '[−2, 5)' }, 's').axes, '-10..10 by 2 snap 1')
  assert.equal(toDraft({ ...nothing, text: 'Where?', answer: '(3, −2)', rest: { ...nothing.rest, axes: 'x 0..4 by 1, y -4..0 by 1' } }, 's').axes, 'x 0..4 by 1, y -4..0 by 1')
})

test('steps: an answer beside a hint is a smaller question, and one that came along stays as it was', () => {
  const f: Form = { ...varied(), hints: ['How many bags?', '', 'As a product?', 'And which is it?'], steps: [{ answer: '3 bags' }, { answer: '9' }, { answer: '3 \\cdot 4' }, { answer: '*times\nplus' }] }
  const d = toDraft(f, 's')
  assert.deepEqual(d.hints, ['How many bags?', 'As a product?', 'And which is it?'])
  assert.deepEqual(d.steps!.map((s) => [s.rung, s.kind, s.key, s.unit, s.options.map((o) => o.right)]), [[1, 'number', 'a', 'bags', []], [2, 'expression', '[[a]] \\cdot [[b]]', '', []], [3, 'choice', '', '', [true, false]]])
  const came = { ...d, steps: [{ ...d.steps![2]!, ordered: true, shows: 'It is times.' }] }
  const again = toForm(came)
  assert.equal(again.steps![2]!.answer, '*times\nplus')
  assert.deepEqual(toDraft(again, 's').steps, came.steps)
  assert.equal(toDraft({ ...again, steps: again.steps!.map((s) => ({ ...s, answer: s.answer && '*times\nminus' })) }, 's').steps![0]!.shows, '')
  assert.deepEqual(toDraft({ ...again, steps: again.steps!.map(() => ({ answer: '' })) }, 's').steps, [])
})
