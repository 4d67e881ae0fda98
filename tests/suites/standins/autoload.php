<?php
// Composer's autoloader would be here, from packages that Debian has as well.
require_once 'phpseclib3/autoload.php';
spl_autoload_register(function (string $class): void {
    $roots = [
        'PhpAmqpLib\\Tests\\' => __DIR__ . '/../tests/',
        'PhpAmqpLib\\' => __DIR__ . '/../PhpAmqpLib/',
    ];
    foreach ($roots as $prefix => $folder) {
        if (strncmp($class, $prefix, strlen($prefix)) === 0) {
            $file = $folder . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
            if (is_file($file)) {
                require $file;
            }
            return;
        }
    }
});
