import assert from 'node:assert/strict'
import { test } from 'node:test'
import { most, refusalOf } from './upload.ts'

test('refusalOf: says before sending what the school would refuse', async () => {
  const said = async (bytes: BlobPart) => (await refusalOf(new Blob([bytes])))?.say.code
  assert.equal(await said('\0\0\0\x18ftypisom'), undefined)
  assert.equal(await said(new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 1, 2])), undefined)
  assert.equal(await said('\0\0\0\x14ftypqt  '), 'fault.file.type')
  assert.equal(await said('PK'), 'fault.file.type')
  assert.equal(await said(''), 'fault.file.type')
  const big = { size: most + 1, slice: () => new Blob() } as unknown as Blob
  assert.equal((await refusalOf(big))?.say.code, 'fault.file.large')
})
