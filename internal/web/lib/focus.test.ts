import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refuge } from './focus.ts'

/** part is an element by name; what it is headed by stands beside it. */
const part = (name: string, tagName = 'DIV') => ({ name, tagName }) as unknown as Element
const [used, row, questions, main, invite, dialog, opener, unit] = ['used', 'row', 'questions', 'main', 'invite', 'dialog', 'opener', 'unit'].map((n) => part(n)) as [Element, Element, Element, Element, Element, Element, Element, Element]
const h1 = part('title', 'H1') as HTMLElement
const h2 = part('Questions', 'H2') as HTMLElement
const h3 = part('A unit', 'H2') as HTMLElement
const heading = (e: Element) => new Map<Element, HTMLElement>([[questions, h2], [main, h1], [unit, h3]]).get(e) ?? null
const but = (...gone: Element[]) => (e: Element) => !gone.includes(e)

test('the focus of what went away goes to the heading of the nearest part that stands', () => {
  assert.equal(refuge([[used, row, questions, main]], but(used, row), heading), h2)
  assert.equal(refuge([[used, row, questions, main]], but(used, row, questions), heading), h1)
})

test('after a dialog whose button was drawn anew, it goes where the button stood', () => {
  assert.equal(refuge([[invite, dialog, main], [opener, unit, main]], but(invite, dialog, opener), heading), h3)
})

test('nothing that stands has a heading: the focus is left alone', () => {
  assert.equal(refuge([[used, row]], but(used), heading), null)
  assert.equal(refuge([], but(), heading), null)
})
