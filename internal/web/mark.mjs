// mark: Kith's sign, two rounded shapes that share a part: a person and the people they know. Drawn here once, as SVG
// for browsers that take it and as a 32 px icon for those that only ask for /favicon.ico.
import { writeFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { join } from 'node:path'

const blue = [0x30, 0x57, 0xa3]
const yellow = [0xf9, 0xc0, 0x4c]
const ink = [0x1b, 0x24, 0x33]

/** The mark as SVG: its shapes in a 32 by 32 box. ui/Mark.tsx and the templates draw the same two paths. */
export const markSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="2" y="8" width="20" height="20" rx="8" fill="#3057A3"/><circle cx="21" cy="12" r="9" fill="#F9C04C"/><path d="M12.06 11A9 9 0 0 0 22 20.94V16a8 8 0 0 0-8-8h-.06a9 9 0 0 0-1.88 3Z" fill="#1B2433"/></svg>\n`

const inSquare = (x, y) => { const dx = Math.max(Math.abs(x - 12) - 2, 0), dy = Math.max(Math.abs(y - 18) - 2, 0); return dx * dx + dy * dy <= 64 }
const inCircle = (x, y) => (x - 21) ** 2 + (y - 12) ** 2 <= 81

/** pixels draws the mark at size by size with 4 by 4 samples a pixel. */
function pixels(size) {
  const out = Buffer.alloc(size * (size * 4 + 1))
  for (let py = 0; py < size; py++) {
    for (let px = 0; px < size; px++) {
      const sum = [0, 0, 0]
      let hits = 0
      for (let s = 0; s < 16; s++) {
        const x = ((px + (s % 4) / 4 + 0.125) * 32) / size, y = ((py + Math.floor(s / 4) / 4 + 0.125) * 32) / size
        const a = inSquare(x, y), b = inCircle(x, y)
        const colour = a && b ? ink : a ? blue : b ? yellow : null
        if (colour) { hits++; for (let c = 0; c < 3; c++) sum[c] += colour[c] }
      }
      const at = py * (size * 4 + 1) + 1 + px * 4
      for (let c = 0; c < 3; c++) out[at + c] = hits ? Math.round(sum[c] / hits) : 0
      out[at + 3] = Math.round((hits * 255) / 16)
    }
  }
  return out
}

function crc32(buf) {
  let crc = ~0
  for (const byte of buf) { crc ^= byte; for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1)) }
  return ~crc >>> 0
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(8 + body.length)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), 4 + body.length)
  return out
}

function png(size) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(pixels(size), { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

/** makeMarks writes favicon.svg, favicon.ico and icon-180.png into dist. */
export function makeMarks(dist) {
  writeFileSync(join(dist, 'favicon.svg'), markSvg)
  writeFileSync(join(dist, 'icon-180.png'), png(180))
  const small = png(32)
  const head = Buffer.alloc(22)
  head.set([0, 0, 1, 0, 1, 0, 32, 32, 0, 0, 1, 0, 32, 0], 0)
  head.writeUInt32LE(small.length, 14)
  head.writeUInt32LE(22, 18)
  writeFileSync(join(dist, 'favicon.ico'), Buffer.concat([head, small]))
}
