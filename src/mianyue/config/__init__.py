"""Where the parts are put together: settings, plugs, database, web and worker."""
