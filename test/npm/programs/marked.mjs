// marked: Markdown to HTML.
import assert from 'assert';
import { marked } from 'marked';

const html = marked.parse('# Title\n\n* one\n* **two**\n\n```js\nlet a = 1 < 2;\n```\n');
assert.match(html, /<h1[^>]*>Title<\/h1>/);
assert.match(html, /<li><strong>two<\/strong><\/li>/);
assert.match(html, /let a = 1 &lt; 2;/);
