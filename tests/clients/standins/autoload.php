<?php
// The class loaders that Composer would write for VMware's SDK and PEAR's HTTP_Request2.
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);  // both are older than PHP 8
$sources = getenv('CLIENT_SOURCES');
set_include_path(implode(PATH_SEPARATOR, [
    "$sources/vmware-vcloud-sdk-php-patched/library", "$sources/HTTP_Request2",
    "$sources/Net_URL2", '/usr/share/php']));
spl_autoload_register(function ($class) {
    $file = stream_resolve_include_path(str_replace('_', '/', $class) . '.php');
    if ($file) require_once $file;
});
