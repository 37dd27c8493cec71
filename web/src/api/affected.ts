/** The first words of the query keys: one per kind of thing the gateway can be asked for. */
type Topic =
  | 'now'
  | 'runs'
  | 'run'
  | 'log'
  | 'healings'
  | 'healing'
  | 'autonomy'
  | 'events'
  | 'families'
  | 'family'
  | 'models'
  | 'incidents'
  | 'stop'
  | 'stuck'
export type Key = readonly [Topic, ...unknown[]]

/** Which of the things on screen an event may have changed. Too many is only slow; too few is a lie. */
export function affected(type: string, subject: string): readonly Key[] {
  const [family] = type.split('.')
  const always: Key[] = [['events'], ['now']]
  switch (family) {
    case 'push':
    case 'delivery':
      return [['events']]
    case 'run':
    case 'job':
      return [...always, ['runs'], ['run', subject], ['log', subject], ['healings'], ['healing']]
    case 'model':
      return [...always, ['models']]
    case 'failure':
      // A label speaks for every failure of its family, whichever run it was given at.
      return [...always, ['healings'], ['healing'], ['run'], ['runs'], ['families'], ['family'], ['models']]
    case 'stop':
      return [...always, ['stop']]
    case 'incident':
      return [...always, ['incidents'], ['healings'], ['healing']]
    case 'permit':
      // The subject is the permit; its run is not told.
      return [...always, ['healings'], ['healing'], ['run'], ['runs']]
    default:
      return [...always, ['healings'], ['healing'], ['run', subject], ['runs'], ['autonomy'], ['families'], ['family']]
  }
}
