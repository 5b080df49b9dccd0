import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Em, fit, head, line, pad } from './room_fit.ts'

/** em is a font in which every letter is .6 wide. */
const em: Em = (text) => [...text].length * 0.6

const places = (...sizes: number[]) => sizes.map((n, i) => ({ where: `Table ${i + 1}`, names: Array.from({ length: n }, (_, k) => `Name ${k}`) }))
const seven = places(6, 3, 5, 6, 3, 5, 2)

test('thirty at seven tables: nobody is left out, in order, and letters are a twentieth of the screen', () => {
  for (const [w, h] of [[1824, 955], [1298, 680]] as const) { // what the page leaves them at 1920 by 1080 and at 1366 by 768
    const { columns, size } = fit(seven, w, h, em)
    assert.deepEqual(columns.flat(), [0, 1, 2, 3, 4, 5, 6])
    assert.ok(size >= h / 20, `${size} px of ${h}`)
  }
})

test('every column fits its height', () => {
  const { columns, across, size } = fit(seven, 1824, 955, em)
  for (const column of columns) {
    const letters = column.reduce((sum, i) => sum + head * line + Math.ceil(seven[i]!.names.length / across) * line + pad.block, (column.length - 1) * pad.gap)
    assert.ok(letters * size <= 955, `${letters * size} px`)
  }
})

test('a short table leaves its room to the next one below', () => {
  assert.ok(fit(seven, 1824, 955, em).columns.some((c) => c.length > 1))
})

test('many at one table stand side by side', () => {
  assert.ok(fit(places(15, 15), 1824, 955, em).across > 1)
})

test('three tables need no poster: letters stop at a share of the screen', () => {
  assert.ok(fit(places(2, 2, 2), 1824, 955, em).size <= 955 * 0.09)
})

test('one very long name takes a second line and does not make all names small', () => {
  const some = places(5, 5, 5, 5)
  some[0]!.names[0] = 'Wolfeschlegelsteinhausenbergerdorff'
  assert.ok(fit(some, 1824, 955, em).size > 955 / 20)
})

test('a name stands in one line where it is not very long', () => {
  const some = places(4, 4, 4, 4, 4, 4)
  some[0]!.names[0] = 'Kwame M.' // 8 letters, 4.8 of them wide
  const { columns, across, size } = fit(some, 1824, 955, em)
  const each = (((1824 / size + pad.gap) / columns.length - pad.gap - pad.inline + pad.between) / across) - pad.between
  assert.ok(each >= 4.8, `${each} letters`)
})

test('no places are no error', () => {
  assert.deepEqual(fit([], 1824, 955, em), { columns: [], across: 1, size: 0 })
})
