// A real provider of accounts, with a page to log in on and nothing else of its own.
// node provider.js PORT ADDRESS_TO_WHICH_IT_SENDS_BACK
import { Provider } from 'oidc-provider'

const [port, sendsBackTo] = process.argv.slice(2)
const page = '<!doctype html><html lang="en"><title>Clinic ID</title><form method="post"><label>Account ' +
  '<input name="account" autofocus></label><button>Log in</button></form></html>'

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'the-site',
    client_secret: 's3cret-of-the-site',
    redirect_uris: [sendsBackTo],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  pkce: { required: () => true },
  claims: { openid: ['sub'], profile: ['preferred_username', 'email', 'email_verified'] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  // Each account says that it has astrid's name and address: that must not matter.
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: 'astrid', email: 'astrid@clinic.example', email_verified: true }),
  }),
  // No one is asked whether the site may know who they are.
  loadExistingGrant: async (context) => {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId,
    })
    grant.addOIDCScope('openid profile')
    await grant.save()
    return grant
  },
})

provider.use(async (context, next) => {
  if (!context.path.startsWith('/interaction/')) return next()
  if (context.method !== 'POST') {
    context.type = 'html'
    context.body = page
    return undefined
  }
  let body = ''
  for await (const part of context.req) body += part
  const accountId = new URLSearchParams(body).get('account')
  context.respond = false
  return provider.interactionFinished(context.req, context.res, { login: { accountId, amr: ['pwd'] } })
})

provider.listen(port, '127.0.0.1', () => console.log('ready'))
