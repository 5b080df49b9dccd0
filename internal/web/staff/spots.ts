// spots: places on a picture as they are drawn, moved and typed, in thousandths of its width and height; and the line in which a
// picture is written. Nothing here knows the page.
import type { DraftOption } from '../lib/api.gen.ts'

export type Area = NonNullable<DraftOption['area']>
export type Shape = 'box' | 'round' | 'polygon'
export interface Point { x: number; y: number }

/** Spot is a place with its name, and what is said to whoever chooses it though it is not right. */
export interface Spot { text: string; right: boolean; area?: Area; tag: string; nudge: string; if?: string }

const whole = 1000
/** least is how wide and high a place is at least: on a phone a finger has to find it. */
export const least = 40
/** corners is how many a polygon has at most (item.maxCorners). */
export const corners = 24

export const shapeOf = (a: Area): Shape => (a.points?.length ? 'polygon' : a.round ? 'round' : 'box')

const within = (n: number, from = 0, to = whole) => Math.round(Math.min(to, Math.max(from, n)))

/** pointsOf are the corners of a polygon. */
export const pointsOf = (a: Area): Point[] => Array.from({ length: (a.points?.length ?? 0) / 2 }, (_, i) => ({ x: a.points![2 * i]!, y: a.points![2 * i + 1]! }))

const polygon = (all: Point[]): Area => ({ points: all.flatMap((p) => [within(p.x), within(p.y)]) })

export interface Box { x: number; y: number; width: number; height: number }

/** boxOf is what a place takes up. */
export function boxOf(a: Area): Box {
  if (!a.points?.length) return { x: a.x ?? 0, y: a.y ?? 0, width: a.width ?? 0, height: a.height ?? 0 }
  const xs = pointsOf(a).map((p) => p.x), ys = pointsOf(a).map((p) => p.y)
  const x = Math.min(...xs), y = Math.min(...ys)
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

/** drawn is the place between two corners of a drag; one that was hardly begun is of a handy size around where it was tapped. */
export function drawn(shape: Shape, from: Point, to: Point): Area {
  let x = Math.min(from.x, to.x), y = Math.min(from.y, to.y), width = Math.abs(from.x - to.x), height = Math.abs(from.y - to.y)
  if (width < least / 2 && height < least / 2) { x = from.x - 80; y = from.y - 80; width = 160; height = 160 }
  width = within(Math.max(width, least), least); height = within(Math.max(height, least), least)
  const box = { x: within(x, 0, whole - width), y: within(y, 0, whole - height), width, height }
  if (shape === 'polygon') return polygon([{ x: box.x + width / 2, y: box.y }, { x: box.x + width, y: box.y + height }, { x: box.x, y: box.y + height }])
  return shape === 'round' ? { ...box, round: true } : box
}

/** closed is the polygon of its corners; null for fewer than three, or where they enclose nothing. */
export function closed(all: Point[]): Area | null {
  const a = polygon(all.slice(0, corners))
  const b = boxOf(a)
  return all.length < 3 || b.width === 0 || b.height === 0 ? null : a
}

/** moved is a place elsewhere on the picture; it stops at the edge. */
export function moved(a: Area, dx: number, dy: number): Area {
  const b = boxOf(a)
  const x = within(b.x + dx, 0, whole - b.width) - b.x, y = within(b.y + dy, 0, whole - b.height) - b.y
  return a.points?.length ? polygon(pointsOf(a).map((p) => ({ x: p.x + x, y: p.y + y }))) : { ...a, x: b.x + x, y: b.y + y }
}

/** sized is a place with its lower right corner moved. */
export function sized(a: Area, dx: number, dy: number): Area {
  const b = boxOf(a)
  const width = within(b.width + dx, Math.min(least, b.width), whole - b.x), height = within(b.height + dy, Math.min(least, b.height), whole - b.y)
  if (!a.points?.length) return { ...a, width, height }
  return polygon(pointsOf(a).map((p) => ({ x: b.x + ((p.x - b.x) * width) / b.width, y: b.y + ((p.y - b.y) * height) / b.height })))
}

/** bent is a polygon with one corner elsewhere; the same where nothing would be enclosed. */
export function bent(a: Area, at: number, to: Point): Area {
  return closed(pointsOf(a).map((p, i) => (i === at ? to : p))) ?? a
}

/** holds says whether a point lies on a place. */
export function holds(a: Area, p: Point): boolean {
  const b = boxOf(a)
  if (a.points?.length) {
    const all = pointsOf(a)
    let inside = false
    for (let i = 0, j = all.length - 1; i < all.length; j = i++) {
      const u = all[i]!, v = all[j]!
      if (u.y > p.y !== v.y > p.y && p.x < ((v.x - u.x) * (p.y - u.y)) / (v.y - u.y) + u.x) inside = !inside
    }
    return inside
  }
  if (a.round) return ((p.x - b.x - b.width / 2) / (b.width / 2)) ** 2 + ((p.y - b.y - b.height / 2) / (b.height / 2)) ** 2 <= 1
  return p.x >= b.x && p.x <= b.x + b.width && p.y >= b.y && p.y <= b.y + b.height
}

/** percent is a number of thousandths as people read it. */
export const percent = (n: number): string => String(n / 10)

/** ofPercent reads it back; null for what is none, or lies off the picture. */
export function ofPercent(s: string): number | null {
  const n = Math.round(Number(s.replace(',', '.').replace('%', '')) * 10)
  return s.trim() === '' || !Number.isFinite(n) || n < 0 || n > whole ? null : n
}

/** cornersText is a polygon in words: "10 20, 40 20, 25 60", each from the left and from above. */
export const cornersText = (a: Area): string => pointsOf(a).map((p) => `${percent(p.x)} ${percent(p.y)}`).join(', ')

/** ofCorners reads it back; null where it is no polygon on the picture. */
export function ofCorners(s: string): Area | null {
  const all = s.split(/[,;]/).map((part) => part.trim().split(/\s+/).map(ofPercent))
  if (all.length > corners || all.some((p) => p.length !== 2 || p.includes(null))) return null
  return closed(all.map(([x, y]) => ({ x: x!, y: y! })))
}

/** Picture is a picture as it is written: "!image FILE | words", or "!figure numberline from=0 to=10 | words". */
export interface Picture { image: string; figure: string; alt: string }

/** pictureOf reads the line of a picture. */
export function pictureOf(source: string): Picture {
  const m = /^!(image|figure)\s+((?:"[^"]*"|\[\[.*?\]\]|[^|"])*)\|?([\s\S]*)$/.exec(source.trim())
  if (!m) return { image: '', figure: '', alt: '' }
  const body = m[2]!.trim(), alt = m[3]!.trim().replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
  return m[1] === 'image' ? { image: body, figure: '', alt } : { image: '', figure: body, alt }
}

/** pictureLine writes it. */
export function pictureLine(p: Picture): string {
  const what = p.image ? `!image ${p.image}` : p.figure ? `!figure ${p.figure}` : ''
  return what && `${what} | ${p.alt.replaceAll(/[\\$*_`]/g, '\\$&').replaceAll('\n', ' ')}`
}

/** figures are what can be drawn without a file, each as it is to begin with. */
export const figures: { name: string; as: string }[] = [
  { name: 'numberline', as: 'numberline from=0 to=10 step=1' }, { name: 'plane', as: 'plane xmin=-5 xmax=5 ymin=-5 ymax=5' }, { name: 'grid100', as: 'grid100 shade=30' },
  { name: 'bar', as: 'bar of=8 shade=3' }, { name: 'beads', as: 'beads red=3 blue=5' }, { name: 'balance', as: 'balance left="x*3,1*4" right="1*19"' },
]
