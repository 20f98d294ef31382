// url: the parser of old, kept for programs that use it, and the WHATWG classes beside it.
'use strict';

const { URL, URLSearchParams, fileURLToPath, pathToFileURL, urlToHttpOptions, domainToASCII, domainToUnicode, domainToAscii } =
  require('internal/url');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_URL } } = require('internal/errors');
const { validateString } = require('internal/validators');

function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

const slashed = new Set(['http', 'http:', 'https', 'https:', 'ftp', 'ftp:', 'gopher', 'gopher:', 'file', 'file:', 'ws', 'ws:',
                         'wss', 'wss:']);
const hostless = new Set(['javascript', 'javascript:']);

const protocolPattern = /^[a-z0-9.+-]+:/i;
const simplePath = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/;
const lineBlank = /[\t\n\r]/;
const hostEnd = /[/?#]/;
// Characters that no part of a URL shows as they are.
const escapes = { '\t': '%09', '\n': '%0A', '\r': '%0D', ' ': '%20', '"': '%22', "'": '%27', '<': '%3C', '>': '%3E',
                  '\\': '%5C', '^': '%5E', '`': '%60', '{': '%7B', '|': '%7C', '}': '%7D' };
const needsEscape = /[\t\n\r "'<>\\^`{|}]/;
const allEscapes = new RegExp(needsEscape, 'g');
const forbiddenInHost = /[\0\t\n\r #%/:<>?@[\\\]^|]/;
const forbiddenInIPv6 = /[\0\t\n\r #%/<>?@\\^|]/;

function urlParse(url, parseQueryString, slashesDenoteHost) {
  if (url instanceof Url) return url;
  const result = new Url();
  result.parse(url, parseQueryString, slashesDenoteHost);
  return result;
}

const isBlank = (code) => code <= 0x20 || code === 0xfeff || code === 0xa0;

function trimAndTurn(url) {
  const trimmed = isBlank(url.charCodeAt(0)) || isBlank(url.charCodeAt(url.length - 1)) ?
    url.replace(/^[\0- \ufeff\u00a0]+|[\0- \ufeff\u00a0]+$/g, '') : url;
  // Backslashes before the query are slashes, as browsers have it.
  if (!trimmed.includes('\\')) return trimmed;
  const end = trimmed.search(/[?#]/);
  return end < 0 ? trimmed.replaceAll('\\', '/') : trimmed.slice(0, end).replaceAll('\\', '/') + trimmed.slice(end);
}

Url.prototype.parse = function(url, parseQueryString, slashesDenoteHost) {
  validateString(url, 'url');
  let rest = trimAndTurn(url);
  if (!slashesDenoteHost && !rest.includes('#') && !rest.includes('@')) {
    const simple = simplePath.exec(rest);
    if (simple !== null) return setSimple(this, simple, parseQueryString, rest);
  }
  const match = protocolPattern.exec(rest);
  let protocol = null;
  let lower = '';
  if (match !== null) {
    protocol = match[0];
    lower = protocol.toLowerCase();
    this.protocol = lower;
    rest = rest.slice(protocol.length);
  }
  let slashes = false;
  if (slashesDenoteHost || protocol !== null || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
    slashes = rest.startsWith('//');
    if (slashes && !(protocol !== null && hostless.has(lower))) {
      rest = rest.slice(2);
      this.slashes = true;
    }
  }
  if (!hostless.has(lower) && (slashes || (protocol !== null && !slashed.has(protocol)))) rest = takeHost(this, rest, url, lower);
  if (!hostless.has(lower) && needsEscape.test(rest)) rest = rest.replace(allEscapes, (char) => escapes[char]);
  takeRest(this, rest, parseQueryString);
  if (slashed.has(lower) && this.hostname && !this.pathname) this.pathname = '/';
  if (this.pathname || this.search) this.path = `${this.pathname || ''}${this.search || ''}`;
  this.href = this.format();
  return this;
};

function setSimple(self, simple, parseQueryString, rest) {
  self.path = rest;
  self.href = rest;
  self.pathname = simple[1];
  if (simple[2]) {
    self.search = simple[2];
    const query = self.search.slice(1);
    self.query = parseQueryString ? require('querystring').parse(query) : query;
  } else if (parseQueryString) {
    self.search = null;
    self.query = Object.create(null);
  }
  return self;
}

// The authority in front of `rest`: credentials, host, port. Answers what comes after it.
function takeHost(self, rest, url, protocol) {
  let end = rest.search(hostEnd);
  if (end < 0) end = rest.length;
  const authority = rest.slice(0, end);
  if (lineBlank.test(authority)) {
    const spaceless = authority.replace(/[\t\n\r]/g, '');
    rest = spaceless + rest.slice(end);
    end = spaceless.length;
  }
  // The last '@' before the path ends the credentials; none of '/', '?', '#' stands before it.
  const at = rest.lastIndexOf('@', end);
  let start = 0;
  if (at >= 0) {
    const auth = rest.slice(0, at);
    self.auth = auth.includes('%') ? decodeURIComponent(auth) : auth;
    start = at + 1;
  }
  // What cannot stand in a host belongs to the path.
  let hostEndAt = end;
  const stop = rest.slice(start, end).search(/[ "'%;<>\\^`{|}]/);
  if (stop >= 0) hostEndAt = start + stop;
  self.host = rest.slice(start, hostEndAt);
  let after = rest.slice(hostEndAt);
  splitPort(self);
  if (typeof self.hostname !== 'string') self.hostname = '';
  const { hostname } = self;
  const isIPv6 = hostname.length > 1 && hostname[0] === '[' && hostname[hostname.length - 1] === ']';
  if (!isIPv6) after = validHostname(self, after, hostname);
  if (self.hostname.length > 255) self.hostname = '';
  else self.hostname = self.hostname.toLowerCase();
  if (self.hostname !== '') {
    if (isIPv6) {
      if (forbiddenInIPv6.test(self.hostname)) throw new ERR_INVALID_URL(url);
    } else {
      const ascii = /^[\x00-\x7f]*$/.test(self.hostname) ? self.hostname : domainToAscii(self.hostname);
      if (!ascii || forbiddenInHost.test(ascii)) throw new ERR_INVALID_URL(url);
      self.hostname = ascii;
    }
  }
  self.host = `${self.hostname || ''}${self.port ? `:${self.port}` : ''}`;
  if (isIPv6) {
    self.hostname = self.hostname.slice(1, -1);
    if (after[0] !== '/') after = `/${after}`;
  }
  return after;
}

// A colon that starts no port starts the path.
function validHostname(self, rest, hostname) {
  const colon = hostname.indexOf(':');
  if (colon < 0) return rest;
  self.hostname = hostname.slice(0, colon);
  return `/${hostname.slice(colon)}${rest}`;
}

function splitPort(self) {
  let { host } = self;
  const port = /:[0-9]*$/.exec(host);
  if (port !== null) {
    if (port[0] !== ':') self.port = port[0].slice(1);
    host = host.slice(0, host.length - port[0].length);
  }
  if (host) self.hostname = host;
}

function takeRest(self, rest, parseQueryString) {
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    self.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const question = rest.indexOf('?');
  if (question >= 0) {
    self.search = rest.slice(question);
    const query = rest.slice(question + 1);
    self.query = parseQueryString ? require('querystring').parse(query) : query;
    rest = rest.slice(0, question);
  } else if (parseQueryString) {
    self.search = null;
    self.query = Object.create(null);
  }
  if (rest) self.pathname = rest;
}

function urlFormat(object, options) {
  if (typeof object === 'string') object = urlParse(object);
  else if (typeof object !== 'object' || object === null) {
    throw new ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], object);
  } else if (object instanceof URL) {
    return formatWhatwg(object, options);
  }
  return Url.prototype.format.call(object);
}

function formatWhatwg(url, options) {
  let [fragment, unicode, search, auth] = [true, false, true, true];
  if (options !== undefined && options !== null) {
    require('internal/validators').validateObject(options, 'options');
    const flag = (name, fallback) => (options[name] === undefined || options[name] === null ? fallback : Boolean(options[name]));
    fragment = flag('fragment', true);
    unicode = flag('unicode', false);
    search = flag('search', true);
    auth = flag('auth', true);
  }
  let text = url.protocol;
  if (url.host !== '' || url.href.startsWith(`${url.protocol}//`)) {
    text += '//';
    if (auth && (url.username !== '' || url.password !== '')) {
      text += `${url.username}${url.password === '' ? '' : `:${url.password}`}@`;
    }
    text += unicode ? domainToUnicode(url.hostname) : url.hostname;
    if (url.port !== '') text += `:${url.port}`;
  }
  text += url.pathname;
  if (search) text += url.search;
  if (fragment) text += url.hash;
  return text;
}

const plainAuth = /^[\w.!~*'():-]*$/;

// Credentials keep what they may show (RFC 3986) and encode the rest.
function encodeAuth(auth) {
  if (plainAuth.test(auth)) return auth;
  return encodeURIComponent(auth).replace(/%3A/gi, ':').replace(/%(21|27|28|29|2A)/gi, (code) => decodeURIComponent(code));
}

Url.prototype.format = function() {
  let auth = this.auth || '';
  if (auth) auth = `${encodeAuth(auth)}@`;
  let protocol = this.protocol || '';
  let pathname = this.pathname || '';
  let hash = this.hash || '';
  let host = '';
  let query = '';
  if (this.host) {
    host = auth + this.host;
  } else if (this.hostname) {
    host = auth + (this.hostname.includes(':') && this.hostname[0] !== '[' ? `[${this.hostname}]` : this.hostname);
    if (this.port) host += `:${this.port}`;
  }
  if (this.query !== null && typeof this.query === 'object') query = require('querystring').stringify(this.query);
  let search = this.search || (query && `?${query}`) || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  if (/[?#]/.test(pathname)) pathname = pathname.replace(/[?#]/g, (char) => (char === '?' ? '%3F' : '%23'));
  if (this.slashes || slashed.has(protocol)) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol.startsWith('file')) {
      host = '//';
    }
  }
  if (search.includes('#')) search = search.replaceAll('#', '%23');
  if (hash && hash[0] !== '#') hash = `#${hash}`;
  if (search && search[0] !== '?') search = `?${search}`;
  return `${protocol}${host}${pathname}${search}${hash}`;
};

function urlResolve(source, relative) {
  return urlParse(source, false, true).resolve(relative);
}

Url.prototype.resolve = function(relative) {
  return this.resolveObject(urlParse(relative, false, true)).format();
};

function urlResolveObject(source, relative) {
  return source ? urlParse(source, false, true).resolveObject(relative) : relative;
}

Url.prototype.resolveObject = function(relative) {
  if (typeof relative === 'string') relative = urlParse(relative, false, true);
  const result = Object.assign(new Url(), this);
  result.hash = relative.hash;
  if (relative.href === '') {
    result.href = result.format();
    return result;
  }
  if (relative.slashes && !relative.protocol) {
    for (const key of Object.keys(relative)) if (key !== 'protocol') result[key] = relative[key];
    if (slashed.has(result.protocol) && result.hostname && !result.pathname) result.path = result.pathname = '/';
    result.href = result.format();
    return result;
  }
  if (relative.protocol && relative.protocol !== result.protocol) return otherProtocol(result, relative);
  const isSourceAbsolute = Boolean(result.pathname && result.pathname[0] === '/');
  const isRelativeAbsolute = Boolean(relative.host || (relative.pathname && relative.pathname[0] === '/'));
  let mustEndAbsolute = isRelativeAbsolute || isSourceAbsolute || Boolean(result.host && relative.pathname);
  const removeAllDots = mustEndAbsolute;
  let source = result.pathname ? result.pathname.split('/') : [];
  const target = relative.pathname ? relative.pathname.split('/') : [];
  // Schemes without slashes keep what looks like a host as the first part of the path.
  const noLeadingSlashes = Boolean(result.protocol) && !slashed.has(result.protocol);
  if (noLeadingSlashes) {
    result.hostname = '';
    result.port = null;
    if (result.host) {
      if (source[0] === '') source[0] = result.host;
      else source.unshift(result.host);
    }
    result.host = '';
    if (relative.protocol) {
      relative.hostname = null;
      relative.port = null;
      result.auth = null;
      if (relative.host) {
        if (target[0] === '') target[0] = relative.host;
        else target.unshift(relative.host);
      }
      relative.host = null;
    }
    mustEndAbsolute = mustEndAbsolute && (target[0] === '' || source[0] === '');
  }
  if (isRelativeAbsolute) {
    if (relative.host || relative.host === '') {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.port = relative.port;
    }
    if (relative.hostname || relative.hostname === '') {
      if (result.hostname !== relative.hostname) result.auth = null;
      result.hostname = relative.hostname;
    }
    result.search = relative.search;
    result.query = relative.query;
    source = target;
  } else if (target.length > 0) {
    source.pop();
    source = source.concat(target);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.search !== null && relative.search !== undefined) {
    if (noLeadingSlashes) takeHostBack(result, source);
    result.search = relative.search;
    result.query = relative.query;
    if (result.pathname !== null || result.search !== null) result.path = `${result.pathname || ''}${result.search || ''}`;
    result.href = result.format();
    return result;
  }
  if (source.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    result.href = result.format();
    return result;
  }
  const last = source[source.length - 1];
  const trailingSlash = ((result.host || relative.host || source.length > 1) && (last === '.' || last === '..')) || last === '';
  let up = 0;
  for (let i = source.length - 1; i >= 0; i--) {
    if (source[i] === '.') {
      source.splice(i, 1);
    } else if (source[i] === '..') {
      source.splice(i, 1);
      up++;
    } else if (up > 0) {
      source.splice(i, 1);
      up--;
    }
  }
  if (!mustEndAbsolute && !removeAllDots) while (up-- > 0) source.unshift('..');
  if (mustEndAbsolute && source[0] !== '' && (!source[0] || source[0][0] !== '/')) source.unshift('');
  if (trailingSlash && source.join('/').slice(-1) !== '/') source.push('');
  const isAbsolute = source[0] === '' || Boolean(source[0] && source[0][0] === '/');
  if (noLeadingSlashes) {
    result.hostname = isAbsolute ? '' : source.length > 0 ? source.shift() : '';
    result.host = result.hostname;
    splitAuth(result);
  }
  mustEndAbsolute = mustEndAbsolute || Boolean(result.host && source.length > 0);
  if (mustEndAbsolute && !isAbsolute) source.unshift('');
  if (source.length === 0) {
    result.pathname = null;
    result.path = null;
  } else {
    result.pathname = source.join('/');
  }
  if (result.pathname !== null || result.search !== null) result.path = `${result.pathname || ''}${result.search || ''}`;
  result.auth = relative.auth || result.auth;
  result.slashes = result.slashes || relative.slashes;
  result.href = result.format();
  return result;
};

function takeHostBack(result, source) {
  result.hostname = result.host = source.shift();
  splitAuth(result);
}

function splitAuth(result) {
  const at = result.host && result.host.indexOf('@') > 0 ? result.host.split('@') : null;
  if (at === null) return;
  result.auth = at.shift();
  result.host = result.hostname = at.shift();
}

function otherProtocol(result, relative) {
  if (!slashed.has(relative.protocol)) {
    Object.assign(result, relative);
    result.href = result.format();
    return result;
  }
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !hostless.has(relative.protocol)) {
    const parts = (relative.pathname || '').split('/');
    while (parts.length > 0 && !(relative.host = parts.shift())) continue;
    relative.host ||= '';
    relative.hostname ||= '';
    if (parts[0] !== '') parts.unshift('');
    if (parts.length < 2) parts.unshift('');
    result.pathname = parts.join('/');
  } else {
    result.pathname = relative.pathname;
  }
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  if (result.pathname || result.search) result.path = `${result.pathname || ''}${result.search || ''}`;
  result.slashes = result.slashes || relative.slashes;
  result.href = result.format();
  return result;
}

Url.prototype.parseHost = function() {
  splitPort(this);
};

module.exports = {
  Url, parse: urlParse, resolve: urlResolve, resolveObject: urlResolveObject, format: urlFormat,
  URL, URLSearchParams, domainToASCII, domainToUnicode, pathToFileURL, fileURLToPath, urlToHttpOptions,
};
