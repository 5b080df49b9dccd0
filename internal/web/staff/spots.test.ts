import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bent, boxOf, closed, cornersText, drawn, figures, holds, moved, ofCorners, ofPercent, percent, pictureLine, pictureOf, sized } from './spots.ts'

test('drawn: a drag in any direction is a place, and a tap one of a handy size', () => {
  assert.deepEqual(drawn('box', { x: 500, y: 400 }, { x: 300, y: 100 }), { x: 300, y: 100, width: 200, height: 300 })
  assert.deepEqual(drawn('round', { x: 0, y: 0 }, { x: 200, y: 10 }), { x: 0, y: 0, width: 200, height: 40, round: true })
  assert.deepEqual(drawn('box', { x: 20, y: 990 }, { x: 22, y: 991 }), { x: 0, y: 840, width: 160, height: 160 })
  assert.deepEqual(drawn('polygon', { x: 500, y: 500 }, { x: 500, y: 500 }).points, [500, 420, 580, 580, 420, 580])
})

test('closed, bent: a polygon has three corners and encloses something', () => {
  assert.equal(closed([{ x: 1, y: 1 }, { x: 5, y: 5 }]), null)
  assert.equal(closed([{ x: 1, y: 1 }, { x: 5, y: 1 }, { x: 9, y: 1 }]), null)
  const a = closed([{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 0, y: 100 }])!
  assert.deepEqual(bent(a, 1, { x: 300, y: 20 }).points, [0, 0, 300, 20, 0, 100])
  assert.equal(bent(a, 1, { x: 0, y: 50 }), a)
})

test('moved, sized: nothing leaves the picture', () => {
  const a = { x: 900, y: 0, width: 100, height: 50 }
  assert.deepEqual(moved(a, 50, -10), a)
  assert.deepEqual(moved({ ...a, round: true }, -100, 30), { x: 800, y: 30, width: 100, height: 50, round: true })
  assert.deepEqual(sized(a, 500, 20), { x: 900, y: 0, width: 100, height: 70 })
  assert.equal(sized(a, -500, 0).width, 40)
  const p = { points: [100, 100, 300, 100, 100, 300] }
  assert.deepEqual(moved(p, -500, 10).points, [0, 110, 200, 110, 0, 310])
  assert.deepEqual(sized(p, 200, 0).points, [100, 100, 500, 100, 100, 300])
  assert.deepEqual(boxOf(sized(p, 5000, 5000)), { x: 100, y: 100, width: 900, height: 900 })
})

test('holds: where a finger is', () => {
  assert.ok(holds({ x: 0, y: 0, width: 100, height: 100 }, { x: 99, y: 1 }))
  assert.ok(!holds({ x: 0, y: 0, width: 100, height: 100, round: true }, { x: 99, y: 1 }))
  assert.ok(holds({ points: [0, 0, 100, 0, 0, 100] }, { x: 20, y: 20 }) && !holds({ points: [0, 0, 100, 0, 0, 100] }, { x: 80, y: 80 }))
})

test('numbers are percent, with a point or a comma', () => {
  assert.deepEqual([ofPercent('12.5'), ofPercent('12,5 %'), ofPercent(''), ofPercent('101'), ofPercent('-1'), percent(125)], [125, 125, null, null, null, '12.5'])
  const p = { points: [100, 105, 300, 100, 100, 300] }
  assert.equal(cornersText(p), '10 10.5, 30 10, 10 30')
  assert.deepEqual(ofCorners(cornersText(p)), p)
  assert.equal(ofCorners('10 10, 20'), null)
})

test('a picture and its words are one line, both ways', () => {
  for (const p of [{ image: '01a22205-0122-7b27-be03-0b98e5544043', figure: '', alt: 'A $5 bill, *worn* | torn' }, { image: '', figure: 'balance left="x*3,1*4" right="1|2"', alt: 'A balance.' }, ...figures.map((f) => ({ image: '', figure: f.as, alt: '' }))]) assert.deepEqual(pictureOf(pictureLine(p)), p)
  assert.deepEqual(pictureOf(''), { image: '', figure: '', alt: '' })
  assert.equal(pictureLine({ image: '', figure: '', alt: 'words' }), '')
})
