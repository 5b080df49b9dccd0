// fonts: the font files that the product serves, by the names that ui/fonts.css uses.
//
// Letters are Atkinson Hyperlegible Next as its package ships it. Two are cut here with harfbuzz, which keeps the MATH
// table: Noto Sans Math to the signs that school mathematics and its MathML need, and Noto Sans to the ten digits
// (Atkinson's slashed zero reads like an empty set). Cuts are kept in .cache and made again when this file or a package
// changes. All are under the OFL.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const span = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i))

/** The signs of Noto Sans Math that are kept. */
const mathSigns = [
  span(0x20, 0x7e), '\u00a0¢£¥°±²³·×÷', span(0x3b1, 0x3c9), 'ΓΔΘΛΞΠΣΦΨΩϕ', '\u2061\u2062\u2063\u2064', '–—‘’“”…′″€√∛−∓∗∘∙∝∞∠∣∥∧∨∩∪∫∴∵∶≈≃≅≠≡≤≥≮≯∈∉⊂⊃⊆⊇∅∑∏∂∇⊥⋅⋮⋯',
  '←→↑↓↔⇒⇔⟶⟵', '⌈⌉⌊⌋⟨⟩‖⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎪⎫⎬⎭⏜⏝⏞⏟', '■□▲△▽○●', '‾⟌', 'ıȷ', '\u0302\u0303\u0304\u0305\u0307\u20d7\u0338', 'ℝℕℤℚℂ',
  span(0x1d434, 0x1d454), '\u210e', span(0x1d456, 0x1d467), span(0x1d6fc, 0x1d714),
].join('')

/** makeFonts returns name → path, cutting what is not yet in the cache. */
export async function makeFonts(root) {
  const modules = join(root, 'node_modules')
  const atkinson = join(modules, '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next')
  const cuts = {
    math: { from: join(modules, '@fontsource/noto-sans-math/files/noto-sans-math-latin-400-normal.woff2'), text: mathSigns },
    digits: { from: join(modules, '@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2'), text: '0123456789', axes: { wght: { min: 400, max: 700 } } },
  }
  const cache = join(root, '.cache/fonts')
  mkdirSync(cache, { recursive: true })
  const recipe = readFileSync(fileURLToPath(import.meta.url))
  const fonts = {}
  for (const [name, ext] of [['latin', 'latin-wght-normal'], ['latin-ext', 'latin-ext-wght-normal'], ['latin-italic', 'latin-wght-italic']]) {
    const to = join(cache, `${name}.woff2`)
    const data = readFileSync(`${atkinson}-${ext}.woff2`)
    if (!existsSync(to) || !readFileSync(to).equals(data)) writeFileSync(to, data)
    fonts[name] = to
  }
  for (const [name, cut] of Object.entries(cuts)) {
    const source = readFileSync(cut.from)
    const key = createHash('sha256').update(recipe).update(source).digest('hex').slice(0, 12)
    const kept = join(cache, `${key}-${name}.woff2`)
    if (!existsSync(kept)) {
      const { default: subset } = await import('subset-font')
      const made = await subset(source, cut.text, { targetFormat: 'woff2', variationAxes: cut.axes })
      writeFileSync(kept, made)
      console.log(`web: cut font ${name}: ${source.length} to ${made.length} bytes`)
    }
    const to = join(cache, `${name}.woff2`)
    writeFileSync(to, readFileSync(kept))
    fonts[name] = to
  }
  return fonts
}
