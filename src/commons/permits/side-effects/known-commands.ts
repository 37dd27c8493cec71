/**
 * What a command does to the world, as far as its words tell:
 * `inert`: nothing but this machine; `check`: runs the repository's own build or tests; `opaque`: cannot be seen;
 * `effect`: changes something outside; `doubt`: may well do so.
 */
export type Grade = 'inert' | 'check' | 'opaque' | 'effect' | 'doubt'

/** A row of the table. Lists of names are parted by blanks, lists of rules by commas. */
export interface Tool {
  readonly names: string
  /** Subcommands, as the words after the tool with its flags left out; a rule fits if its words stand side by side. */
  readonly effects?: string
  /** Flags that alone make it an effect. */
  readonly effectFlags?: string
  readonly inert?: string
  readonly check?: string
  /** Flags with which nothing really happens. */
  readonly dry?: string
  /** It runs scripts or targets of the repository: their names are looked at. */
  readonly runs?: boolean
  readonly otherwise: Grade
  /** Held by the tests: what the table must say about these. */
  readonly examples: Partial<Record<Grade, readonly string[]>>
}

/** Data, not code: a new tool is a new row with its examples. */
export const knownTools: readonly Tool[] = [
  {
    names: 'npm pnpm yarn bun cnpm',
    effects: 'publish, unpublish, deprecate, dist-tag, access, owner, npm publish, npm tag, team, hook',
    inert: `
      ci, install, i, add, audit, config, cache, pack, version, ls, list, why, fetch, rebuild, prune,
      dedupe, store, set, view, info, outdated, whoami, root, prefix, bin, corepack, import, link, login,
      pkg, help, workspaces, node, up, update
    `,
    check: 'test, t, tst, build, lint, start',
    dry: '--dry-run, --dryrun',
    runs: true,
    otherwise: 'opaque',
    examples: {
      doubt: ['npm run deploy', 'yarn release', 'pnpm -r run publish:all'],
      effect: [
        'npm publish',
        'npm --registry=https://registry.example publish --access public',
        'pnpm -r publish',
        'yarn npm publish',
        'npm dist-tag add a@1 latest',
      ],
      inert: ['npm ci', 'npm install --no-audit', 'pnpm install --frozen-lockfile', 'npm publish --dry-run'],
      check: ['npm test', 'pnpm build', 'npm run test:unit', 'yarn lint', 'npm run build-release'],
    },
  },
  {
    names: 'docker podman nerdctl buildah',
    effects: `
      push, image push, compose push, manifest push, buildx imagetools create, stack deploy, stack rm,
      service update, service create, trust sign, plugin push
    `,
    effectFlags: '--push',
    inert: `
      pull, login, logout, images, ps, info, version, inspect, logs, tag, save, load, rm, rmi, stop, kill,
      system, network, volume, buildx create, buildx inspect, buildx ls, buildx use, context, image ls,
      image inspect, cp, wait, port, stats, history, prune
    `,
    check: `
      build, buildx build, buildx bake, compose up, compose build, compose down, compose pull, compose ps,
      compose logs, start, bud
    `,
    runs: true,
    otherwise: 'opaque',
    examples: {
      effect: [
        'docker push app:1',
        'docker --context prod push app',
        'docker buildx build --push -t app .',
        'docker compose push',
        'buildah push app',
      ],
      inert: ['docker login -u x --password-stdin', 'docker tag a b', 'docker pull alpine'],
      check: ['docker build -t app .', 'docker compose up -d', 'docker run --rm app npm test'],
      doubt: ['docker compose run app ./deploy.sh'],
    },
  },
  {
    names: 'docker-compose',
    effects: 'push',
    check: 'up, run, build, exec, down',
    runs: true,
    otherwise: 'check',
    examples: {
      effect: ['docker-compose push'],
      check: ['docker-compose up -d db'],
    },
  },
  {
    names: 'skopeo crane oras regctl gcrane',
    effects: 'copy, cp, sync, push, delete, tag, append, mutate, image copy',
    inert: 'inspect, pull, digest, ls, manifest, list-tags',
    otherwise: 'doubt',
    examples: {
      effect: ['skopeo copy docker://a docker://b', 'crane push x.tar app:1', 'oras push reg/x y'],
      inert: ['crane digest alpine', 'skopeo inspect docker://a'],
    },
  },
  {
    names: 'cosign notation',
    inert: 'verify, version, verify-attestation, tree',
    otherwise: 'effect',
    examples: {
      effect: ['cosign sign --yes app@sha256:1'],
      inert: ['cosign verify app'],
    },
  },
  {
    names: 'ko',
    effects: 'publish, apply, create, resolve, build',
    dry: '--push=false, --local',
    otherwise: 'effect',
    examples: {
      effect: ['ko build ./cmd/app', 'ko apply -f config'],
      inert: ['ko build --local ./cmd/app'],
    },
  },
  {
    names: 'kubectl oc k',
    effects: `
      apply, delete, create, patch, replace, scale, set, rollout restart, rollout undo, edit, annotate,
      label, drain, cordon, taint, exec, cp, run, expose
    `,
    inert: `
      config, kustomize, get, describe, version, logs, explain, diff, wait, cluster-info, api-resources,
      api-versions, rollout status, rollout history, kustomize, top, auth, port-forward, completion, options
    `,
    dry: '--dry-run, --dry-run=client, --dry-run=server',
    otherwise: 'effect',
    examples: {
      effect: [
        'kubectl apply -f k8s/',
        'kubectl -n prod rollout restart deploy/app',
        'kubectl delete pod x',
        'kubectl set image deploy/a a=b',
        'kubectl apply --dry-run=none -f x',
      ],
      inert: ['kubectl get pods', 'kubectl rollout status deploy/app', 'kubectl apply --dry-run=server -f x'],
    },
  },
  {
    names: 'helm helmfile helm3',
    effects: 'install, upgrade, uninstall, rollback, delete, push, apply, sync, destroy, cm-push, test',
    inert: `
      lint, template, dependency, dep, repo, package, version, show, pull, plugin, list, status, get,
      registry, search, unittest, history, diff
    `,
    dry: '--dry-run, --dry-run=client, --dry-run=server',
    otherwise: 'doubt',
    examples: {
      effect: [
        'helm upgrade --install app ./chart',
        'helm --kube-context prod rollback app',
        'helm push app.tgz oci://reg',
      ],
      inert: ['helm lint ./chart', 'helm template .', 'helm upgrade app . --dry-run'],
    },
  },
  {
    names: 'terraform tofu terragrunt terramate',
    effects: `
      apply, destroy, import, taint, untaint, state rm, state mv, state push, workspace new,
      workspace delete, force-unlock, refresh, test, login
    `,
    inert: `
      init, plan, validate, fmt, show, output, version, providers, graph, get, workspace select,
      workspace list, workspace show, hclfmt, state list, state show
    `,
    otherwise: 'doubt',
    examples: {
      effect: ['terraform apply -auto-approve', 'terraform -chdir=infra destroy', 'terragrunt run-all apply'],
      inert: ['terraform fmt -check', 'terraform init -backend=false', 'terraform validate', 'terraform plan'],
    },
  },
  {
    names: 'pulumi',
    inert: 'preview, version, config, whoami, about',
    otherwise: 'effect',
    examples: {
      effect: ['pulumi up --yes'],
      inert: ['pulumi preview'],
    },
  },
  {
    names: 'cdk cdktf',
    inert: 'synth, diff, ls, list, doctor, get',
    otherwise: 'effect',
    examples: {
      effect: ['cdk deploy --all'],
      inert: ['cdk synth'],
    },
  },
  {
    names: 'sam',
    effects: 'deploy, sync, delete, publish, package',
    inert: 'validate',
    check: 'build, local',
    otherwise: 'doubt',
    examples: {
      effect: ['sam deploy'],
      check: ['sam build'],
    },
  },
  {
    names: 'serverless sls chalice zappa up',
    effects: 'deploy, remove, update, undeploy, invoke',
    inert: 'package, print, plugin, config',
    otherwise: 'doubt',
    examples: {
      effect: ['sls deploy --stage prod'],
      inert: ['serverless package'],
    },
  },
  {
    names: `
      ansible ansible-playbook ansible-pull salt knife puppet chef-client cap fab nomad waypoint argocd flux
      kapp kustomizer eksctl kops packer
    `,
    inert: 'validate, version, fmt, init, app get, app diff, check',
    dry: '--syntax-check, --check, --list-tasks, --version',
    otherwise: 'effect',
    examples: {
      effect: [
        'ansible-playbook -i prod site.yml',
        'cap production deploy',
        'argocd app sync shop',
        'packer build x.pkr.hcl',
      ],
      inert: ['ansible-playbook --syntax-check site.yml', 'packer validate x'],
    },
  },
  {
    names: 'aws',
    effects: 's3 rm, s3 mv, s3 mb, s3 rb, s3 website',
    inert: `
      sts, configure, ecr get-login-password, ecr-public get-login-password, s3 ls, s3 presign,
      ssm get-parameter, secretsmanager get-secret-value, cloudformation validate-template,
      codeartifact login, codeartifact get-authorization-token, eks update-kubeconfig, ecr get-login, help
    `,
    dry: '--dry-run, --dryrun',
    otherwise: 'doubt',
    examples: {
      effect: ['aws s3 rm s3://b/x', 'aws --region eu s3 mb s3://b'],
      inert: ['aws sts get-caller-identity', 'aws ecr get-login-password'],
      doubt: [
        'aws lambda update-function-code --function-name f',
        'aws ecs update-service --force-new-deployment',
        'aws cloudfront create-invalidation',
      ],
    },
  },
  {
    names: 'gcloud bq',
    effects: `
      deploy, submit, create, delete, update, set, import, patch, rollback, promote, add-iam-policy-binding,
      publish
    `,
    inert: 'auth, config, info, version, components, list, describe, container clusters get-credentials',
    otherwise: 'doubt',
    examples: {
      effect: ['gcloud run deploy app', 'gcloud app deploy', 'gcloud builds submit'],
      inert: ['gcloud auth configure-docker', 'gcloud components install kubectl'],
    },
  },
  {
    names: 'az func',
    effects: 'deploy, create, delete, update, set, upload, push, restart, publish, invoke, sync, import, purge, up',
    inert: 'login, account, version, list, show, extension, config, acr login, aks get-credentials, bicep build',
    otherwise: 'doubt',
    examples: {
      effect: ['az webapp deploy -n x', 'func azure functionapp publish app'],
      inert: ['az login', 'az acr login -n r'],
    },
  },
  {
    names: 'git',
    effects: 'push, send-email, lfs push, svn dcommit, subtree push, request-pull',
    inert: `
      stash push, status, add, commit, tag, fetch, pull, clone, checkout, switch, config, diff, log,
      rev-parse, describe, submodule, init, remote, merge, rebase, reset, clean, apply, am, show, ls-files,
      branch, merge-base, stash, lfs install, lfs pull, lfs fetch, lfs checkout, rev-list, worktree, archive, restore, cat-file, update-index,
      ls-remote, grep, sparse-checkout, cherry-pick, rm, mv, version, credential, symbolic-ref,
      for-each-ref, name-rev, format-patch, blame, shortlog, gc, fsck, bundle
    `,
    dry: '--dry-run, --dryrun',
    otherwise: 'doubt',
    examples: {
      effect: ['git push', 'git -C site push origin HEAD:gh-pages', 'git push --tags', 'git lfs push origin'],
      inert: ['git diff --exit-code', 'git stash push -m x', 'git push --dry-run', 'git tag v1'],
    },
  },
  {
    names: 'gh hub glab',
    effects: `
      create, merge, comment, edit, close, reopen, delete, upload, workflow run, rerun, cancel, review,
      ready, remove, archive, fork, rename, transfer, enable, disable, dispatch
    `,
    inert: `
      view, list, status, diff, checks, checkout, download, clone, auth, extension, version, search, watch,
      config, ls, verify
    `,
    otherwise: 'effect',
    examples: {
      effect: [
        'gh release create v1 dist/*',
        'gh pr merge 1',
        'gh pr comment 1 -b hi',
        'gh workflow run deploy.yml',
        'gh release upload v1 a.zip',
      ],
      inert: ['gh pr view 1', 'gh run download', 'gh release list'],
    },
  },
  {
    names: 'twine',
    effects: 'upload, register',
    inert: 'check',
    otherwise: 'doubt',
    examples: {
      effect: ['twine upload dist/*'],
      inert: ['twine check dist/*'],
    },
  },
  {
    names: 'poetry uv flit hatch pdm rye maturin',
    effects: 'publish, upload',
    inert: `
      install, sync, lock, add, check, config, version, self, env, pip, venv, python, export, show, cache,
      tool, init, develop, dev, update
    `,
    check: 'build, test, fmt',
    dry: '--dry-run, --dryrun',
    runs: true,
    otherwise: 'opaque',
    examples: {
      effect: ['poetry publish --build', 'uv publish', 'hatch publish'],
      inert: ['poetry install', 'uv sync --locked', 'uv pip install x'],
      check: ['uv build'],
    },
  },
  {
    names: 'cargo cross',
    effects: 'publish, yank, owner, release, smart-release, ws publish, workspaces publish, dist upload',
    inert: `
      fetch, install, fmt, update, metadata, tree, version, vendor, package, audit, deny, generate-lockfile,
      clean, login, binstall, add, search
    `,
    check: `
      build, b, test, t, check, c, clippy, doc, bench, nextest, hack, llvm-cov, tarpaulin, miri, rustc,
      rustdoc, msrv, semver-checks, udeps, fuzz, minimal-versions
    `,
    dry: '--dry-run, --dryrun',
    runs: true,
    otherwise: 'opaque',
    examples: {
      doubt: ['cargo xtask deploy'],
      effect: ['cargo publish --token x', 'cargo release patch --execute'],
      check: ['cargo build --release', 'cargo +nightly test --workspace', 'cargo clippy -- -D warnings'],
      inert: ['cargo publish --dry-run', 'cargo fmt --all -- --check'],
    },
  },
  {
    names: 'gem',
    effects: 'push, yank, owner, release',
    inert: 'install, update, list, env, build, spec, which, cleanup',
    otherwise: 'doubt',
    examples: {
      effect: ['gem push a.gem'],
      inert: ['gem install bundler'],
    },
  },
  {
    names: 'dotnet nuget choco paket',
    effects: 'push, nuget push, delete, nuget delete, fsi publish',
    inert: `
      restore, tool, pack, add, nuget add, nuget locals, workload, install, format, clean, sources, new,
      sln, list, dev-certs
    `,
    check: 'build, test, publish, vstest, msbuild',
    runs: true,
    otherwise: 'opaque',
    examples: {
      effect: ['dotnet nuget push a.nupkg', 'nuget push x', 'choco push'],
      check: ['dotnet build -c Release', 'dotnet publish -o out', 'dotnet test'],
      inert: ['dotnet restore', 'choco install make'],
    },
  },
  {
    names: 'mvn mvnw mvnd',
    effects: `
      deploy, release:perform, release:prepare, deploy:deploy, deploy:deploy-file, jib:build, site-deploy,
      scm-publish:publish-scm, nexus-staging:release, jreleaser:full-release, jreleaser:release,
      jreleaser:deploy, spring-boot:build-image, docker:push, fabric8:deploy, versions:commit, wagon:upload,
      liquibase:update, flyway:migrate, cargo:deploy, tomcat7:deploy, appengine:deploy,
      sonatype-central:publish, central-publishing:publish
    `,
    dry: '-DdryRun=true, -Dmaven.deploy.skip=true, -Dmaven.deploy.skip',
    runs: true,
    otherwise: 'check',
    examples: {
      effect: ['mvn -B deploy', './mvnw clean deploy -DskipTests', 'mvn release:perform', 'mvn compile jib:build'],
      check: ['mvn -B verify', './mvnw test', 'mvn install -DskipTests'],
    },
  },
  {
    names: `
      gradle gradlew sbt ant lein mill bazel bazelisk pants buck2 nx turbo lerna rush moon grunt gulp tox
      nox invoke rake make gmake just task earthly dagger mage ninja scons meson composer bin/rails rails
      thor mix stack cabal swift xcodebuild fastlane flutter dart melos ionic cordova ng vite webpack
    `,
    effects: 'hex.publish, pub publish, release:tag',
    check: 'publishToMavenLocal, publishLocal',
    dry: '--dry-run, --dryrun',
    runs: true,
    otherwise: 'check',
    examples: {
      effect: ['mix hex.publish --yes', 'dart pub publish --force'],
      doubt: [
        'cabal upload x.tar.gz',
        './gradlew publish',
        'make deploy',
        'gradle uploadArchives',
        'just release',
        'bazel run //app:push',
        'rake db:migrate',
        'fastlane release',
        'sbt ci-release',
      ],
      check: [
        './gradlew publishToMavenLocal',
        './gradlew assembleRelease',
        'make test',
        './gradlew build',
        'bazel test //...',
        'sbt test',
        'make -j4',
      ],
    },
  },
  {
    names: `
      semantic-release release-it np changeset changesets auto standard-version release-please goreleaser
      jreleaser cargo-dist shipjs git-release beachball conventional-github-releaser surge
      storybook-to-ghpages vsce ovsx web-ext chrome-webstore-upload electron-builder ghr
    `,
    inert: 'status, version, check, package, lint, ls, config, healthcheck',
    dry: '--dry-run, -d, --snapshot, --skip=publish, --skip-publish, --publish=never, --no-publish',
    otherwise: 'effect',
    examples: {
      effect: ['npx semantic-release', 'goreleaser release --clean', 'npx changeset publish', 'vsce publish'],
      inert: [
        'npx semantic-release --dry-run',
        'goreleaser release --snapshot',
        'vsce package',
        'npx changeset status',
      ],
    },
  },
  {
    names: 'gh-pages gh-pages-cli',
    otherwise: 'effect',
    examples: {
      effect: ['gh-pages -d dist'],
    },
  },
  {
    names: `
      vercel netlify netlify-cli wrangler firebase fly flyctl heroku railway render now eas amplify doctl
      scalingo supabase cf ibmcloud linode-cli hcloud ossutil coscmd deployctl convex expo shopify
      sentry-cli dokku kamal pscale appcenter codepush surge.sh
    `,
    inert: `
      build, version, types, pull, login, start, dev, info, emulators:exec, db lint, lint, doctor, whoami,
      list, status, logs
    `,
    dry: '--dry-run, --dry, --version, --help',
    otherwise: 'effect',
    examples: {
      effect: [
        'vercel --prod',
        'wrangler deploy',
        'firebase deploy --only hosting',
        'fly deploy',
        'heroku releases',
        'netlify deploy --prod',
        'sentry-cli releases new 1',
      ],
      inert: ['wrangler types', 'vercel build', 'wrangler deploy --dry-run'],
    },
  },
  {
    names: `
      prisma knex sequelize typeorm alembic flyway liquibase goose dbmate migrate atlas sqitch drizzle-kit
      rambler mongomigrate phinx db-migrate node-pg-migrate sql-migrate
    `,
    inert: `
      generate, validate, format, version, status, history, current, heads, check, info, schema inspect,
      lint, introspect
    `,
    otherwise: 'doubt',
    examples: {
      doubt: ['prisma migrate deploy', 'alembic upgrade head', 'flyway migrate', 'knex migrate:latest', 'dbmate up'],
      inert: ['prisma generate', 'alembic heads'],
    },
  },
  {
    names: `
      psql mysql mariadb mongosh mongo redis-cli sqlcmd cqlsh clickhouse-client sqlplus pg_restore
      mysqladmin mongorestore influx createdb dropdb kafka-topics kcat etcdctl consul vault
    `,
    inert: 'version, status, kv get, read',
    dry: '--version',
    otherwise: 'doubt',
    examples: {
      doubt: ['psql -c "update t set x=1"', 'mysql -h db < schema.sql', 'vault kv put secret/x y=1'],
      inert: ['psql --version'],
    },
  },
  {
    names: `
      ssh scp sftp lftp ftp ncftpput sshpass mosh autossh rclone gsutil s3cmd s5cmd mc azcopy b2 sendmail
      mail mailx mutt swaks telnet mosquitto_pub wscat grpcurl curlftp smbclient ipfs jfrog jf cloudsmith
      gitlab-runner teamcity notify apprise pushover tg twurl dput debsign reprepro aptly copr-cli snapcraft
      flatpak-builder anaconda conda-upload cpan-upload luarocks opam-publish notarytool altool stapler
      transporter supply pod carthage
    `,
    inert: `
      install, ls, cat, lint, lib lint, update, repo update, bootstrap, make, pack, stat, du, config,
      version, rt ping
    `,
    dry: '--dry-run, -V, --version',
    otherwise: 'effect',
    examples: {
      effect: [
        'ssh host ./up.sh',
        'scp a host:b',
        'gsutil cp a gs://b',
        'lftp -e "mirror -R" host',
        'pod trunk push x.podspec',
        'snapcraft upload x.snap',
        'jf rt upload a b',
      ],
      inert: ['pod install', 'pod lib lint', 'gsutil ls gs://b'],
    },
  },
  {
    names: `
      echo printf cd mkdir rm cp mv ls cat pwd test [ [[ : true false exit return set export unset 
            alias grep egrep rg sed awk gawk cut sort uniq head tail tr wc find touch chmod chown ln tar zip unzip
      gzip gunzip xz zstd 7z diff cmp basename dirname realpath readlink which whereis type hash date sleep
      jq yq env printenv id whoami uname hostname df du free nproc lscpu ps kill killall wait shopt ulimit
      umask local declare typeset readonly shift break continue read tee seq stat file md5sum sha256sum
      shasum base64 xxd openssl sync apt-get apt apk brew yum dnf pacman dpkg rpm pip pip3 pipx conda mamba
      rustup nvm pyenv rbenv asdf mise sdk corepack update-alternatives ldconfig sysctl systemctl service
      locale-gen add-apt-repository pushd popd trap let expr fold column paste comm split mktemp install
      patch dos2unix tree nl rev clear iconv envsubst gpg ssh-keyscan ssh-keygen ssh-add codecov coveralls
      kind minikube k3d ctr lsof ss netstat ping dig nslookup nc wait-for-it dockerize dir copy del move md
      refreshenv vcpkg conan go-junit-report direnv stdbuf getent groups useradd usermod mount umount
      losetup modprobe swapon swapoff mkswap fallocate dd truncate cmake-format
    `,
    otherwise: 'inert',
    examples: {
      inert: [
        'echo npm publish',
        'apt-get install -y jq',
        'pip install -r requirements.txt',
        'rm -rf dist',
        'kind create cluster',
      ],
    },
  },
  {
    names: 'go',
    inert: 'mod, get, fmt, env, version, list, work, clean, install, tool',
    check: 'test, build, vet, generate',
    runs: true,
    otherwise: 'opaque',
    examples: {
      check: ['go test ./internal/deploy/...', 'go build ./...'],
      inert: ['go mod download'],
      opaque: ['go run ./tools/gen'],
      doubt: ['go run ./cmd/deploy'],
    },
  },
  {
    names: `
      node deno source . nix-shell nix-build php java tsx ts-node mkdocs hugo jekyll forge hardhat nix trunk julia Rscript storybook next
      nuxt astro python python3 ruby perl pwsh powershell bash sh zsh dash mike opam dune lighthouse k6
      newman
    `,
    effects: 'gh-deploy, deploy, publish',
    check: 'build, test, lint, fmt, check, flake',
    runs: true,
    otherwise: 'opaque',
    examples: {
      effect: ['mkdocs gh-deploy --force', 'hugo deploy', 'deno publish'],
      check: ['mkdocs build --strict', 'deno test -A', 'nix build'],
      opaque: ['node scripts/gen.js', 'python tools/gen.py', 'bash ci/setup.sh'],
      doubt: ['node scripts/deploy.js', 'python scripts/upload_wheels.py', 'bash ./release.sh'],
    },
  },
  {
    names: `
      tsc eslint prettier biome oxlint stylelint jest vitest mocha ava c8 nyc playwright cypress karma wdio
      esbuild rollup tsup swc babel knip commitlint markdownlint markdownlint-cli2 cspell size-limit attw
      publint tsd pytest py.test mypy pyright ruff black isort flake8 pylint bandit pip-audit coverage
      pre-commit sphinx-build build unittest doctest compileall gofmt golangci-lint govulncheck staticcheck
      ginkgo gotestsum rustfmt rustc wasm-pack javac kotlinc scalac ktlint detekt rspec rubocop brakeman
      minitest phpunit phpstan psalm php-cs-fixer pest cmake ctest gcc g++ clang clang-format clang-tidy
      cppcheck autoreconf ./configure configure valgrind gcovr lcov swiftlint hlint ormolu elm elm-test
      shellcheck shfmt hadolint actionlint yamllint trivy grype syft semgrep snyk tflint tfsec checkov
      kubeval kubeconform conftest opa buf protoc spectral vale lychee htmlproofer typos codespell zig nim
      crystal ghc slither xvfb-run bats testem lhci latexmk pdflatex mdbook doxygen
      typedoc javadoc asciidoctor pandoc
    `,
    otherwise: 'check',
    examples: {
      check: ['tsc --noEmit', 'pytest -q', 'eslint .', 'ctest --output-on-failure', 'golangci-lint run'],
    },
  },
]
