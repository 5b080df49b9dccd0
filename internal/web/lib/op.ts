// op: the client-made id of one act of one actor: a UUIDv7 (RFC 9562, 2024), so ops sort in the order they were made.

let lastMs = 0
let counter = 0

/** newOp makes a UUIDv7. Within one millisecond, and when the clock steps back, a 12-bit counter keeps the order. */
export function newOp(ms = Date.now()): string {
  if (ms > lastMs) { lastMs = ms; counter = 0 } else if (++counter > 0xfff) { lastMs++; counter = 0 }
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Math.floor(lastMs / 2 ** 32))
  view.setUint32(2, lastMs % 2 ** 32)
  view.setUint16(6, 0x7000 | counter)
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80)
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
