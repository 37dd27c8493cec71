import { doubtfulWord } from './risky-words.ts'

/**
 * What is known of published actions. `inert`: changes nothing outside, also with a secret in its inputs. `effect`:
 * changes something. `login`: hands the job credentials for somewhere; `cloud` for a cloud, `registry` for less. `script`:
 * runs a command from its inputs. `unless`: an effect, unless an input says otherwise. What is not listed is unknown.
 */
export type KnownAction =
  | { readonly kind: 'inert' }
  | { readonly kind: 'effect'; readonly what: string }
  | { readonly kind: 'login'; readonly to: 'registry' | 'cloud' }
  | { readonly kind: 'local-cluster' }
  | { readonly kind: 'script'; readonly inputs: readonly string[]; readonly prefix?: string }
  | { readonly kind: 'unless'; readonly what: string; readonly harmless: (inputs: Inputs) => boolean }
type Inputs = Readonly<Record<string, string>>

/** Blank-separated; `owner/*` stands for every action of an owner. */
const inert = `
  actions/checkout actions/cache actions/cache/restore actions/cache/save actions/upload-artifact
  actions/download-artifact actions/upload-pages-artifact actions/configure-pages actions/dependency-review-action
  actions/labeler github/codeql-action/init github/codeql-action/autobuild github/codeql-action/analyze
  github/codeql-action/upload-sarif codecov/codecov-action coverallsapp/github-action coverallsapp/github-action
  docker/setup-buildx-action docker/setup-qemu-action docker/metadata-action dtolnay/rust-toolchain
  actions-rs/toolchain actions-rs/clippy-check actions-rs/audit-check swatinem/rust-cache
  actions-rust-lang/setup-rust-toolchain actions-rust-lang/rustfmt taiki-e/install-action taiki-e/cache-cargo-install-action
  baptiste0928/cargo-install embarkstudios/cargo-deny-action pnpm/action-setup bahmutov/npm-install
  ruby/setup-ruby erlef/setup-beam denoland/setup-deno oven-sh/setup-bun astral-sh/setup-uv astral-sh/ruff-action
  shivammathur/setup-php gradle/wrapper-validation-action gradle/actions/wrapper-validation
  gradle/actions/dependency-submission golangci/golangci-lint-action golang/govulncheck-action securego/gosec
  subosito/flutter-action android-actions/setup-android maxim-lobanov/setup-xcode msys2/setup-msys2
  ilammy/msvc-dev-cmd ilammy/setup-nasm lukka/get-cmake lukka/run-vcpkg microsoft/setup-msbuild
  conda-incubator/setup-miniconda mamba-org/setup-micromamba mamba-org/provision-with-micromamba
  pre-commit/action psf/black crate-ci/typos codespell-project/actions-codespell streetsidesoftware/cspell-action
  rhysd/actionlint ludeeus/action-shellcheck hadolint/hadolint-action ibiqlik/action-yamllint
  davidanson/markdownlint-cli2-action igorshubovych/markdownlint-cli avto-dev/markdown-lint
  lycheeverse/lychee-action super-linter/super-linter github/super-linter oxsecurity/megalinter
  aquasecurity/trivy-action anchore/scan-action anchore/sbom-action ossf/scorecard-action
  sonarsource/sonarcloud-github-action sonarsource/sonarqube-scan-action sonarsource/sonarqube-quality-gate-action
  snyk/actions fossas/fossa-action zizmorcore/zizmor-action step-security/harden-runner
  jlumbroso/free-disk-space easimon/maximize-build-space endbug/version-check dorny/paths-filter
  tj-actions/changed-files dorny/test-reporter mikepenz/action-junit-report enricomi/publish-unit-test-result-action
  phoenix-actions/test-reporting scacap/action-surefire-report amannn/action-semantic-pull-request
  wagoid/commitlint-github-action awalsh128/cache-apt-pkgs-action mozilla-actions/sccache-action
  hendrikmuhs/ccache-action browser-actions/setup-chrome nanasess/setup-chromedriver supercharge/mongodb-github-action
  supercharge/redis-github-action ankane/setup-postgres ikalnytskyi/action-setup-postgres harmon758/postgresql-action
  jetli/wasm-pack-action jetli/trunk-action bufbuild/buf-setup-action bufbuild/buf-lint-action arduino/setup-protoc
  cachix/install-nix-action determinatesystems/nix-installer-action determinatesystems/magic-nix-cache-action
  bazel-contrib/setup-bazel bazelbuild/setup-bazelisk coursier/cache-action coursier/setup-action
  olafurpg/setup-scala sbt/setup-sbt r-lib/actions/setup-r r-lib/actions/setup-r-dependencies r-lib/actions/setup-pandoc
  r-lib/actions/check-r-package julia-actions/julia-buildpkg julia-actions/julia-runtest julia-actions/cache
  haskell-actions/setup haskell/actions/setup ocaml/setup-ocaml foundry-rs/foundry-toolchain
  graalvm/setup-graalvm jwlawson/actions-setup-cmake seanmiddleditch/gha-setup-ninja ncruces/go-coverage-report
  jakebailey/pyright-action py-cov-action/python-coverage-comment-action nrwl/nx-set-shas
  nick-invision/assert-action   actionsx/prettier reviewdog/action-eslint reviewdog/action-setup reviewdog/action-actionlint
  reviewdog/action-shellcheck reviewdog/action-golangci-lint reviewdog/action-markdownlint 
  pypa/cibuildwheel pypa/gh-action-pip-audit pypa/hatch docker/scout-action advanced-security/filter-sarif
  trufflesecurity/trufflehog gitleaks/gitleaks-action google/osv-scanner-action 
`
const effects: Readonly<Record<string, string>> = {
  'publishes pages':
    'actions/deploy-pages peaceiris/actions-gh-pages jamesives/github-pages-deploy-action crazy-max/ghaction-github-pages',
  'makes a release': `softprops/action-gh-release actions/create-release actions/upload-release-asset ncipollo/release-action
    svenstaro/upload-release-action marvinpinto/action-automatic-releases release-drafter/release-drafter
    googleapis/release-please-action google-github-actions/release-please-action changesets/action
    cycjimmy/semantic-release-action go-semantic-release/action helm/chart-releaser-action elgohr/github-release-action
    anothrnick/github-tag-action mathieudutour/github-tag-action rickstaa/action-create-tag
    wangyoucao577/go-release-action taiki-e/upload-rust-binary-action taiki-e/create-gh-release-action tauri-apps/tauri-action
    samuelmeuli/action-electron-builder`,
  publishes: `pypa/gh-action-pypi-publish js-devtools/npm-publish primer/publish rubygems/release-gem
    katyo/publish-crates pascalgn/npm-publish-action haaleo/publish-vscode-extension haaLeo/publish-vscode-extension
    snapcore/action-publish 
    hashicorp/ghaction-terraform-provider-release`,
  'pushes commits or opens pull requests': `stefanzweifel/git-auto-commit-action ad-m/github-push-action
    endbug/add-and-commit peter-evans/create-pull-request github-actions-x/commit actions-js/push
    peter-evans/create-or-update-comment marocchino/sticky-pull-request-comment thollander/actions-comment-pull-request
    pascalgn/automerge-action peter-evans/enable-pull-request-automerge hmarr/auto-approve-action
    actions/stale actions/first-interaction actions/delete-package-versions `,
  'starts other workflows': `peter-evans/repository-dispatch benc-uk/workflow-dispatch convictional/trigger-workflow-and-wait
    aurelien-baudet/workflow-dispatch`,
  deploys: `google-github-actions/deploy-cloudrun google-github-actions/deploy-appengine
    google-github-actions/deploy-cloud-functions azure/webapps-deploy azure/functions-action azure/k8s-deploy
    azure/arm-deploy azure/static-web-apps-deploy azure/cli
    aws-actions/amazon-ecs-deploy-task-definition aws-actions/aws-cloudformation-github-deploy
    aws-actions/aws-lambda-deploy jakejarvis/s3-sync-action reggionick/s3-deploy
    appleboy/ssh-action appleboy/scp-action easingthemes/ssh-deploy burnett01/rsync-deployments samkirkland/ftp-deploy-action
    garygrossgarten/github-action-scp amondnet/vercel-action nwtgck/actions-netlify netlify/actions/cli
    cloudflare/wrangler-action cloudflare/pages-action firebaseextended/action-hosting-deploy w9jds/firebase-action
    superfly/flyctl-actions akhileshns/heroku-deploy digitalocean/app_action deliverybot/helm
    pulumi/actions hashicorp/tfc-workflows-github serverless/github-action actions-hub/kubectl
    dawidd6/action-ansible-playbook wzieba/firebase-distribution-github-action
    apple-actions/upload-testflight-build`,
  'sends a message': `slackapi/slack-github-action 8398a7/action-slack rtcamp/action-slack-notify act10ns/slack
    dawidd6/action-send-mail appleboy/telegram-action appleboy/discord-action sarisia/actions-status-discord
    ilshidur/action-discord jasonetco/create-an-issue actions-cool/issues-helper`,
  'marks a release elsewhere': 'getsentry/action-release newrelic/deployment-marker-action',
}
const off = (value: string | undefined) => value === undefined || value === '' || value.trim().toLowerCase() === 'false'

const others: Readonly<Record<string, KnownAction>> = {
  'docker/login-action': { kind: 'login', to: 'registry' },
  'aws-actions/amazon-ecr-login': { kind: 'login', to: 'registry' },
  'webfactory/ssh-agent': { kind: 'login', to: 'registry' },
  'shimataro/ssh-key-action': { kind: 'login', to: 'registry' },
  'crazy-max/ghaction-import-gpg': { kind: 'login', to: 'registry' },
  'actions/create-github-app-token': { kind: 'login', to: 'registry' },
  'tibdex/github-app-token': { kind: 'login', to: 'registry' },
  'aws-actions/configure-aws-credentials': { kind: 'login', to: 'cloud' },
  'google-github-actions/auth': { kind: 'login', to: 'cloud' },
  'google-github-actions/setup-gcloud': { kind: 'inert' },
  'google-github-actions/get-gke-credentials': { kind: 'login', to: 'cloud' },
  'azure/login': { kind: 'login', to: 'cloud' },
  'azure/docker-login': { kind: 'login', to: 'registry' },
  'azure/k8s-set-context': { kind: 'login', to: 'cloud' },
  'azure/aks-set-context': { kind: 'login', to: 'cloud' },
  'hashicorp/vault-action': { kind: 'login', to: 'cloud' },
  'tailscale/github-action': { kind: 'login', to: 'cloud' },
  'helm/kind-action': { kind: 'local-cluster' },
  'engineerd/setup-kind': { kind: 'local-cluster' },
  'medyagh/setup-minikube': { kind: 'local-cluster' },
  'abdulhalim-cu/setup-k3d': { kind: 'local-cluster' },
  'nolar/setup-k3d-k3s': { kind: 'local-cluster' },
  'manusa/actions-setup-minikube': { kind: 'local-cluster' },
  'nick-fields/retry': { kind: 'script', inputs: ['command', 'on_retry_command'] },
  'nick-invision/retry': { kind: 'script', inputs: ['command', 'on_retry_command'] },
  'wandalen/wretry.action': { kind: 'script', inputs: ['command'] },
  'reactivecircus/android-emulator-runner': { kind: 'script', inputs: ['script', 'pre-emulator-launch-script'] },
  'coactions/setup-xvfb': { kind: 'script', inputs: ['run'] },
  'gabrielbb/xvfb-action': { kind: 'script', inputs: ['run'] },
  'gradle/actions/setup-gradle': { kind: 'script', inputs: ['arguments'], prefix: 'gradle ' },
  'cypress-io/github-action': { kind: 'script', inputs: ['command', 'build', 'start'] },
  'wearerequired/lint-action': {
    kind: 'unless',
    what: 'may push what it corrected',
    harmless: (inputs) => off(inputs.auto_fix),
  },
  'styfle/cancel-workflow-action': { kind: 'effect', what: 'cancels other runs' },
  'fkirc/skip-duplicate-actions': { kind: 'effect', what: 'cancels other runs' },
  'gradle/gradle-build-action': { kind: 'script', inputs: ['arguments'], prefix: 'gradle ' },
  'gradle/actions/gradle': { kind: 'script', inputs: ['arguments'], prefix: 'gradle ' },
  'eskatos/gradle-command-action': { kind: 'script', inputs: ['arguments'], prefix: 'gradle ' },
  'actions-rs/cargo': { kind: 'script', inputs: ['command'], prefix: 'cargo ' },
  'borales/actions-yarn': { kind: 'script', inputs: ['cmd'], prefix: 'yarn ' },
  'docker/build-push-action': {
    kind: 'unless',
    what: 'pushes an image',
    harmless: (inputs) =>
      off(inputs.push) && !/push=true|type=registry/.test(`${inputs.outputs ?? ''} ${inputs['cache-to'] ?? ''}`),
  },
  'docker/bake-action': {
    kind: 'unless',
    what: 'pushes images',
    harmless: (inputs) => off(inputs.push) && !/push=true|type=registry/.test(inputs.set ?? ''),
  },
  'redhat-actions/buildah-build': { kind: 'inert' },
  'redhat-actions/push-to-registry': { kind: 'effect', what: 'pushes an image' },
  'goreleaser/goreleaser-action': {
    kind: 'unless',
    what: 'makes a release',
    harmless: (inputs) =>
      /--snapshot|--skip=publish/.test(inputs.args ?? '') || /^(check|build|healthcheck)\b/.test(inputs.args ?? ''),
  },
  'pyo3/maturin-action': {
    kind: 'unless',
    what: 'publishes',
    harmless: (inputs) => !/publish|upload/.test(inputs.command ?? ''),
  },
  'benchmark-action/github-action-benchmark': {
    kind: 'unless',
    what: 'pushes results',
    harmless: (inputs) => off(inputs['auto-push']),
  },
  'chromaui/action': { kind: 'inert' },
}

const known = new Map<string, KnownAction>([
  ...names(inert).map((name) => [name, { kind: 'inert' }] as const),
  ...Object.entries(effects).flatMap(([what, list]) =>
    names(list).map((name) => [name, { kind: 'effect', what }] as const),
  ),
  ...Object.entries(others),
])

function names(list: string): readonly string[] {
  return list
    .split(/\s+/)
    .filter((name) => name !== '')
    .map((name) => name.toLowerCase())
}

/** What is known of `owner/name@version`; undefined if nothing is. Any other `setup-…` action only installs a tool. */
export function knownAction(uses: string): KnownAction | undefined {
  const name = (uses.split('@', 1)[0] ?? '').toLowerCase()
  const installs = /^[\w.-]+\/setup-[\w.-]+$/.test(name) && doubtfulWord(name) === undefined
  return known.get(name) ?? (installs ? { kind: 'inert' } : undefined)
}
