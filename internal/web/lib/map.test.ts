import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Drawing } from './api.gen.ts'
import { broken, forPaper, mirrored, paper, roomOf, sheets, toward } from './map.ts'

// 0 over 1 and 2 over 3; 4 stands alone beneath.
const d: Drawing = {
  w: 220, h: 320, spot_w: 100, spot_h: 50,
  spots: [{ x: 60, y: 0 }, { x: 0, y: 90 }, { x: 120, y: 90 }, { x: 60, y: 180 }, { x: 0, y: 270 }],
  lines: [{ from: 0, to: 1, path: '' }, { from: 0, to: 2, path: '' }, { from: 1, to: 3, path: '' }, { from: 2, to: 3, path: '' }],
}

test('toward: Up and Down follow lines, Left and Right the row', () => {
  assert.equal(toward(d, 0, 'ArrowDown'), 1)
  assert.equal(toward(d, 1, 'ArrowRight'), 2)
  assert.equal(toward(d, 2, 'ArrowLeft'), 1)
  assert.equal(toward(d, 2, 'ArrowDown'), 3)
  assert.equal(toward(d, 3, 'ArrowUp'), 1)
  assert.equal(toward(d, 1, 'ArrowUp'), 0)
})

test('toward: where no line leads on, the nearest of the next row; at the rim it stays', () => {
  assert.equal(toward(d, 3, 'ArrowDown'), 4)
  assert.equal(toward(d, 4, 'ArrowUp'), 3)
  assert.equal(toward(d, 0, 'ArrowUp'), 0)
  assert.equal(toward(d, 2, 'ArrowRight'), 2)
  assert.equal(toward(d, 4, 'ArrowDown'), 4)
  assert.equal(toward(d, 4, 'x'), 4)
})

test('toward: every skill can be reached', () => {
  const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown']
  const met = new Set([0])
  for (const i of met) for (const key of keys) met.add(toward(d, i, key))
  assert.equal(met.size, d.spots.length)
  assert.equal(toward(d, 2, 'Home'), 0)
  assert.equal(toward(d, 2, 'End'), 4)
})

test('mirrored: what stood left stands right', () => {
  const m = mirrored(d)
  assert.deepEqual(m.spots[1], { x: 120, y: 90 })
  assert.equal(toward(m, 1, 'ArrowLeft'), 2)
  assert.deepEqual(mirrored(m), d)
})

test('broken: lines fit, and what does not fit ends in an ellipsis', () => {
  assert.deepEqual(broken('Find how much for one', 9, 3), ['Find how much for', 'one'])
  assert.deepEqual(broken('Write y = kx', 20, 3), ['Write y = kx'])
  const long = broken('Find an unknown that stands on both sides of an equation with brackets', 9, 2)
  assert.equal(long.length, 2)
  assert.match(long[1]!, /…$/)
  for (const line of [...long, ...broken('Donaudampfschifffahrtsgesellschaft', 9, 3)]) assert.ok(roomOf(line) <= 9, line)
  assert.deepEqual(broken('', 9, 2), [])
})

test('sheets: one where it stays legible, else all of it on several', () => {
  assert.deepEqual(sheets(d), [{ x: 0, y: 0, w: 220, h: 320, size: 1 }])
  const spots = Array.from({ length: 400 }, (_, i) => ({ x: (i % 20) * 180, y: Math.floor(i / 20) * 128 }))
  const big: Drawing = { w: 20 * 180 - 12, h: 20 * 128 - 48, spot_w: 168, spot_h: 80, spots, lines: [] }
  const all = sheets(big)
  assert.ok(all.length > 1)
  for (const s of all) assert.ok(s.size >= paper.least && s.w * s.size <= paper.w + 1e-9 && s.h * s.size <= paper.h + 1e-9)
  for (const spot of spots) assert.ok(all.some((s) => spot.x >= s.x && spot.x + 168 <= s.x + s.w && spot.y >= s.y && spot.y + 80 <= s.y + s.h), `no sheet has all of ${spot.x}, ${spot.y}`)
})

test('forPaper: the wide drawing on one sheet, else the one that takes fewer', () => {
  const of = (w: number, h: number): Drawing => ({ w, h, spot_w: 100, spot_h: 50, spots: [{ x: 0, y: 0 }, { x: w - 100, y: 0 }, { x: 0, y: h - 50 }, { x: w - 100, y: h - 50 }], lines: [] })
  const fits = of(800, 1000), wide = of(1000, 2000), narrow = of(500, 3000)
  assert.equal(forPaper(fits, narrow), fits)
  assert.equal(forPaper(wide, narrow), narrow)
})
