import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { scrollTo } from './window.ts'

/** Lines kept in sight above the one that is jumped to. */
const above = 8

/** Follows the scroll position of the frame, and puts `row` in sight whenever `key` changes. */
export function useScroll({ rows, wrapped, row, key }: { rows: number; wrapped: boolean; row: number; key: string }) {
  const frame = useRef<HTMLDivElement>(null)
  const [scrollTop, setScrollTop] = useState(0)
  const [height, setHeight] = useState(480)
  const shownKey = useRef<string | null>(null)

  const show = useCallback(
    (target: number, ofRows: number) => {
      const element = frame.current
      if (element === null) return
      const top = scrollTo(target, above, ofRows, element.clientHeight, wrapped)
      // The sheet may grow in this very commit; the frame clamps to what it has, so the place is set after it.
      requestAnimationFrame(() => {
        element.scrollTop = top
        setScrollTop(element.scrollTop)
      })
    },
    [wrapped],
  )

  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return
    const scrolled = () => setScrollTop(element.scrollTop)
    const sizes = new ResizeObserver(() => setHeight(element.clientHeight))
    element.addEventListener('scroll', scrolled, { passive: true })
    sizes.observe(element)
    setHeight(element.clientHeight)
    return () => {
      element.removeEventListener('scroll', scrolled)
      sizes.disconnect()
    }
  }, [])

  useLayoutEffect(() => {
    const wanted = `${key} ${wrapped}`
    if (shownKey.current === wanted) return
    shownKey.current = wanted
    show(row, rows)
  }, [key, row, rows, show, wrapped])

  return { frame, scrollTop, height, show }
}
