import { type ComponentChild, h } from 'preact'

/** El is a drawn element of author text, as package doc makes it: a name, attributes, children, or a text run. */
export interface El { n?: string; a?: Record<string, string>; c?: El[]; t?: string }

const html = 'p h2 h3 h4 ul ol li blockquote table caption thead tbody tr th td figure figcaption img strong em b i span div br sub sup code details summary hr'
const svg = 'svg g path line rect circle ellipse polygon polyline text tspan title desc defs marker clipPath'
const mathml = 'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd mpadded mphantom mstyle merror menclose semantics'
const names = new Set(`${html} ${svg} ${mathml}`.split(' '))

const attributes = new Set(
  ('class id lang dir alt title role width height colspan rowspan scope start open ' +
  'viewBox preserveAspectRatio d x y x1 y1 x2 y2 cx cy r rx ry dx dy points transform fill stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin ' +
  'fill-opacity stroke-opacity opacity text-anchor dominant-baseline font-size font-weight marker-start marker-end markerWidth markerHeight refX refY orient clip-path focusable ' +
  'display mathvariant stretchy fence separator form largeop movablelimits symmetric accent accentunder lspace rspace minsize maxsize linethickness columnspan ' +
  'columnalign rowalign displaystyle scriptlevel xmlns depth voffset mathsize').split(' '),
)

const ours = /^\/(?!\/)[\w./-]*$/

function allowed(name: string, value: string): boolean {
  if (name === 'src') return ours.test(value)
  if (/^(fill|stroke|clip-path|marker-)/.test(name) && /url\((?!#)/.test(value)) return false
  return attributes.has(name) || name.startsWith('aria-')
}

/** draw turns a tree into elements. A name or attribute that is not on the list is left out and logged, children stay. */
export function draw(el: El, key?: number): ComponentChild {
  if (!el.n) return el.t ?? ''
  const children = (el.c ?? []).map((c, i) => draw(c, i))
  if (el.t) children.unshift(el.t)
  if (!names.has(el.n)) {
    console.error(`author text: <${el.n}> is not drawn`)
    return children
  }
  const attrs: Record<string, string | number> = key === undefined ? {} : { key }
  for (const [name, value] of Object.entries(el.a ?? {})) {
    if (allowed(name, value)) attrs[name] = value
    else console.error(`author text: <${el.n} ${name}> is left out`)
  }
  return h(el.n, attrs, ...children)
}

/** Drawn shows author text. inline puts it into a line (an option, a label); item is the larger text of a prompt. */
export function Drawn({ of, inline, item, lang }: { of: El[] | null | undefined; inline?: boolean; item?: boolean; lang?: string }) {
  if (!of || of.length === 0) return null
  const drawn = of.map((el, i) => draw(el, i))
  const name = ['doc', inline && 'inline', item && 'item'].filter(Boolean).join(' ')
  return inline ? <span class={name} lang={lang}>{drawn}</span> : <div class={name} lang={lang}>{drawn}</div>
}
