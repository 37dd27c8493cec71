import { useEffect } from 'react'
import type { Stitch } from '../../../src/contract/views.ts'
import { favicon } from '../kit/stitches.ts'
import { dark } from '../theme/tokens.ts'

// Tabs are dark or light as the browser likes; the dark scheme's colours are seen on both.
const { healthy, failing, mending, unknown, held } = dark.meaning
const colours: Record<Stitch, string> = { pass: healthy, fail: failing, mended: mending, unknown, held }

/** The tab's icon: the seam whose last stitch is the state of the whole. */
export function Favicon({ state }: { state: Stitch }) {
  useEffect(() => {
    document.querySelector('link[rel="icon"]')?.setAttribute('href', favicon(state, colours))
  }, [state])
  return null
}
