import { type ComponentChild, h } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { together } from '../lib/together.ts'
import { t } from '../lib/words.ts'
import { Button } from './Button.tsx'

/** El is a drawn element of author text, as package doc makes it: a name, attributes, children, or a text run. */
export interface El { n?: string; a?: Record<string, string>; c?: El[]; t?: string }

// The same list as package doc's (html.go): what is not on it is never made there, and never drawn here.
const html = 'p h2 h3 h4 ul ol li blockquote section div table thead tbody tr th td figure img strong em'
const svg = 'svg g rect circle line path polyline polygon text tspan title desc'
const mathml = 'math mrow mi mn mo mtext mspace ms mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd mpadded mphantom menclose mstyle'
const names = new Set(`${html} ${svg} ${mathml}`.split(' '))

const attributes = new Set(
  ('class scope src alt lang dir viewBox role x y width height rx cx cy r x1 y1 x2 y2 d points text-anchor dominant-baseline transform ' +
  'display mathvariant form stretchy fence separator symmetric lspace rspace minsize maxsize largeop movablelimits accent accentunder linethickness displaystyle scriptlevel ' +
  'depth voffset rowspan columnspan rowspacing columnspacing columnalign rowlines columnlines notation').split(' '),
)

// An image stands on this server: /file/ID or /course/NAME; or, in what is only tried, in its own address.
const ours = /^\/(?!\/)[\w./-]*$|^data:image\/(png|jpeg|gif);base64,[\w+/=]+$/

function allowed(name: string, value: string): boolean {
  return attributes.has(name) && (name !== 'src' || ours.test(value))
}

/** draw turns a tree into elements. A name or attribute that is not on the list is left out and logged, children stay. */
export function draw(el: El, key?: number): ComponentChild {
  if (!el.n) return together(el.t ?? '')
  const children = (el.c ?? []).map((c, i) => draw(c, i))
  if (el.t) children.unshift(together(el.t))
  if (el.n === 'div' && el.a?.['class'] === 'after-pause') return <AfterPause key={key}>{children}</AfterPause>
  if (!names.has(el.n)) {
    console.error(`author text: <${el.n}> is not drawn`)
    return children
  }
  const attrs: Record<string, string | number> = key === undefined ? {} : { key }
  for (const [name, value] of Object.entries(el.a ?? {})) {
    if (allowed(name, value)) attrs[name] = value
    else console.error(`author text: <${el.n} ${name}> is left out`)
  }
  if (el.n === 'table') return <Table key={key} attrs={attrs}>{children}</Table>
  return h(el.n, attrs, ...children)
}

/** Table can be scrolled by keyboard where it is wider than its place, and is no stop for the Tab key elsewhere. */
function Table({ attrs, children }: { attrs: Record<string, string | number>; children: ComponentChild[] }) {
  const at = useRef<HTMLTableElement>(null)
  useEffect(() => {
    const seen = new ResizeObserver(() => { const el = at.current; if (el && el.scrollWidth > el.clientWidth) el.tabIndex = 0; else el?.removeAttribute('tabindex') })
    if (at.current) seen.observe(at.current)
    return () => seen.disconnect()
  }, [])
  return <table ref={at} {...attrs}>{children}</table>
}

/** AfterPause hides what follows "stop and predict" until the reader asks for it. */
function AfterPause({ children }: { children: ComponentChild[] }) {
  const [open, setOpen] = useState(false)
  if (open) return <div class="after-pause">{children}</div>
  return <Button icon="open" onClick={() => setOpen(true)}>{t('ui.pause')}</Button>
}

/** Drawn shows author text. inline puts it into a line (an option, a label); item is the larger text of a prompt. */
export function Drawn({ of, inline, item, lang }: { of: El[] | null | undefined; inline?: boolean; item?: boolean; lang?: string }) {
  if (!of || of.length === 0) return null
  const drawn = of.map((el, i) => draw(el, i))
  const name = ['doc', inline && 'inline', item && 'item'].filter(Boolean).join(' ')
  return inline ? <span class={name} lang={lang}>{drawn}</span> : <div class={name} lang={lang}>{drawn}</div>
}
