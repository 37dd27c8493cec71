/** Words in the names of jobs, scripts and targets that speak of changing something outside. */
const plain = [
  'deploy',
  'deploys',
  'deployment',
  'publish',
  'publishing',
  'rollout',
  'rollback',
  'promote',
  'promotion',
  'migrate',
  'migration',
  'migrations',
  'provision',
  'destroy',
  'teardown',
  'production',
  'prod',
  'ship',
  'push',
  'delivery',
  'undeploy',
  'redeploy',
]
/** These are as often harmless (a release build, an artifact's upload), so they count only where something is unclear. */
const doubtful = ['release', 'releases', 'upload', 'apply', 'terraform', 'announce', 'notify', 'submit', 'purge', 'tag']

const plainWords = new Set(plain)
const doubtfulWords = new Set([...plain, ...doubtful])

/** The first word of a name that surely speaks of an outside change. */
export function riskyWord(name: string): string | undefined {
  return wordsOf(name).find((word) => plainWords.has(word))
}

/** The same, with the doubtful words. */
export function doubtfulWord(name: string): string | undefined {
  return wordsOf(name).find((word) => doubtfulWords.has(word))
}

function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 500)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
}
