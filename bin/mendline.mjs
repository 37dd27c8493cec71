#!/usr/bin/env node
// Starts Mendline on a Node that can run it: this one if it is new enough, else the one among the dependencies.
// Plain JavaScript for old Nodes; everything else lies behind main.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const neededMajor = 24

if (Number.parseInt(process.versions.node, 10) >= neededMajor) {
  // Most of a start is compiling modules and taking the types out of the sources: kept for the next start. Where it
  // cannot be written nothing is kept. By its own name: an old Node could not import it.
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/mendline', import.meta.url)))
  // A checkout has the sources, an installation only what was built from them.
  const source = new URL('../src/main.ts', import.meta.url)
  await import(existsSync(source) ? source.href : new URL('../dist/main.js', import.meta.url).href)
} else {
  handOver(bundledNode())
}

function bundledNode() {
  const name = `node-${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin', 'node')
  } catch {
    process.stderr.write(
      `Mendline needs Node ${neededMajor} or newer. This is Node ${process.versions.node}, and the one among the ` +
        `optional dependencies (${name}) is not installed: install it, or a newer Node.\n`,
    )
    process.exit(3)
  }
}

function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl-C in a terminal reaches the child by itself; a second one would mean "at once".
  const inTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !inTerminal) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    process.stderr.write(`cannot start ${node}: ${error.message}\n`)
    process.exit(3)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 3)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
