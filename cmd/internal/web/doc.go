// Package web serves the pages of pxq: for providers, controllers, municipalities, the region and administrators, who use no
// terminal. It reads through package views, whose methods take the visitor's scope first, and acts through package workspace,
// as the command does.
//
// [Server] opens a workspace and serves it; middleware.go holds what every request passes through before its handler: headers,
// rate limits, the session, the check of its role and the limits on its body. The packages below hold the pages:
//
//   - site: what all pages share, such as templates, tables, errors, uploads and the routes with the roles that may use them
//   - signin, providers, controllers, region, admin: the pages of each role
//   - jobs: the worker that imports, runs and closes in the background
//   - webstore: accounts, sessions, uploads, jobs, votes and the log
//   - words: texts and numbers in Dutch and English
//
// Read server.go first, then middleware.go and the routes.go of each package.
package web
