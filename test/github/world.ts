import { createPrivateKey } from 'node:crypto'
import { createGithubCi, type GithubOptions } from '../../src/adapters/github/ci.ts'
import { systemClock } from '../../src/base/clock.ts'
import { silentLogger } from '../../src/engine/telemetry/logger.ts'
import { redactText } from '../../src/loops/heal/logs/redact.ts'
import type { RunSpec } from './actions.ts'
import { type GithubLookalike, startGithub } from './lookalike.ts'

export const shop = 'acme/shop'
export const definition = { path: '.github/workflows/ci.yml', text: 'name: ci\non: push\njobs: {}\n# Grüße\n' }
export const policy = { path: '.mendline.yml', text: 'heal:\n  default: observe\n' }

/** A look-alike with the sample shop in it. */
export async function startShop(): Promise<GithubLookalike & { readonly sha: string }> {
  const github = await startGithub()
  const files = { [definition.path]: definition.text, [policy.path]: policy.text }
  return { ...github, ...(await github.addRepository({ repository: shop, files })) }
}

/** A `Ci` for it that does not waste time: pauses are a hundredth of what they would be. */
export function ciFor(
  github: Pick<GithubLookalike, 'url' | 'token' | 'app'>,
  as: 'app' | 'token' = 'app',
  options: Partial<GithubOptions> = {},
) {
  const { id, installation, privateKey } = github.app
  return createGithubCi({
    connection: 'acme',
    baseUrl: github.url,
    auth:
      as === 'token'
        ? { kind: 'token', token: github.token }
        : { kind: 'app', appId: id, installation, privateKey: createPrivateKey(privateKey) },
    repositories: [shop],
    clock: systemClock,
    logger: silentLogger(),
    redact: redactText,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms / 100)),
    limitMs: 10_000,
    ...options,
  })
}

/** A run of the shop: `build`, then `test`, then `publish`. */
export function shopRun(log: readonly string[], more: Partial<RunSpec> = {}): RunSpec {
  return {
    repository: shop,
    jobs: [{ name: 'build' }, { name: 'test', needs: ['build'], log }, { name: 'publish', needs: ['test'] }],
    ...more,
  }
}

export const failedTest = { end: { jobs: { test: 'failure' } } } as const
