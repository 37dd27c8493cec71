const memory = 8
const armijo = 1e-4

/**
 * Limited-memory BFGS: the point at which a smooth convex function is least, near enough. `evaluate` fills the gradient
 * and answers the value. The same input always gives the same answer.
 */
export function minimise(
  start: Float64Array,
  evaluate: (at: Float64Array, gradient: Float64Array) => number,
  { steps, tolerance = 1e-5 }: { readonly steps: number; readonly tolerance?: number },
): Float64Array {
  let point = start.slice()
  let gradient = new Float64Array(start.length)
  let value = evaluate(point, gradient)
  const pairs: { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number }[] = []
  for (let step = 0; step < steps; step += 1) {
    const direction = towards(gradient, pairs)
    let slope = dot(direction, gradient)
    if (slope >= 0) {
      // The remembered curvature misleads: begin again from the gradient alone.
      pairs.length = 0
      for (let at = 0; at < direction.length; at += 1) direction[at] = -(gradient[at] ?? 0)
      slope = -dot(gradient, gradient)
    }
    const size = Math.sqrt(dot(gradient, gradient))
    if (size < tolerance) break
    let length = pairs.length === 0 ? Math.min(1, 1 / size) : 1
    const next = new Float64Array(point.length)
    const nextGradient = new Float64Array(point.length)
    let nextValue = Number.POSITIVE_INFINITY
    for (let tries = 0; tries < 25; tries += 1) {
      for (let at = 0; at < next.length; at += 1) next[at] = (point[at] ?? 0) + length * (direction[at] ?? 0)
      nextValue = evaluate(next, nextGradient)
      if (nextValue <= value + armijo * length * slope) break
      length /= 2
    }
    if (!(nextValue < value)) break
    const s = difference(next, point)
    const y = difference(nextGradient, gradient)
    const curvature = dot(s, y)
    if (curvature > 1e-12) {
      pairs.push({ s, y, rho: 1 / curvature })
      if (pairs.length > memory) pairs.shift()
    }
    const gain = value - nextValue
    point = next
    gradient = nextGradient
    value = nextValue
    if (gain < tolerance * 1e-3 * Math.max(1, Math.abs(value))) break
  }
  return point
}

/** The two-loop recursion: the gradient, turned and scaled by the curvature seen so far. */
function towards(
  gradient: Float64Array,
  pairs: readonly { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number }[],
): Float64Array {
  const out = gradient.map((each) => -each)
  const alphas: number[] = []
  for (const { s, y, rho } of pairs.toReversed()) {
    const alpha = rho * dot(s, out)
    alphas.push(alpha)
    add(out, y, -alpha)
  }
  const last = pairs.at(-1)
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y))
    for (let at = 0; at < out.length; at += 1) out[at] = (out[at] ?? 0) * scale
  }
  for (const { s, y, rho } of pairs) add(out, s, (alphas.pop() ?? 0) - rho * dot(y, out))
  return out
}

function add(out: Float64Array, other: Float64Array, factor: number): void {
  for (let at = 0; at < out.length; at += 1) out[at] = (out[at] ?? 0) + factor * (other[at] ?? 0)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((each, at) => each - (b[at] ?? 0))
}
